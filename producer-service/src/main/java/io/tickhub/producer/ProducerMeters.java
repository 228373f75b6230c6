package io.tickhub.producer;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickhub.model.Symbol;
import io.tickhub.producer.publish.Publisher;
import io.tickhub.producer.publish.Pump;
import io.tickhub.producer.publish.SymbolListener;
import java.util.concurrent.atomic.AtomicLong;

/** Binds the producer's metrics to what they count. Thread safe. */
final class ProducerMeters implements SymbolListener {

    private final MeterRegistry registry;

    ProducerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Binds everything but the ticks, which are bound symbol by symbol. */
    void bind(Publisher publisher, Pump pump) {
        ProducerMetrics.DEAD_LETTERS
                .counter(publisher, all -> all.published().deadLetters())
                .register(registry);
        ProducerMetrics.WAITING
                .gauge(() -> publisher.published().unacknowledged())
                .register(registry);
        ProducerMetrics.GIVEN_UP
                .counter(pump, all -> all.givenUp().toMillis() / 1000.0)
                .register(registry);
    }

    @Override
    public void opened(Symbol symbol, AtomicLong acknowledged) {
        ProducerMetrics.TICKS
                .counter(acknowledged, AtomicLong::get)
                .tag("symbol", symbol.name())
                .register(registry);
    }
}
