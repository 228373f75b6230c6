package io.tickhub.producer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
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
        FunctionCounter.builder(ProducerMetrics.DEAD_LETTERS.metricName(), publisher, all -> all.published()
                        .deadLetters())
                .baseUnit(ProducerMetrics.DEAD_LETTERS.unit())
                .description(ProducerMetrics.DEAD_LETTERS.description())
                .register(registry);
        Gauge.builder(ProducerMetrics.WAITING.metricName(), publisher, all -> all.published()
                        .unacknowledged())
                .baseUnit(ProducerMetrics.WAITING.unit())
                .description(ProducerMetrics.WAITING.description())
                .register(registry);
        FunctionCounter.builder(
                        ProducerMetrics.GIVEN_UP.metricName(),
                        pump,
                        all -> all.givenUp().toMillis() / 1000.0)
                .baseUnit(ProducerMetrics.GIVEN_UP.unit())
                .description(ProducerMetrics.GIVEN_UP.description())
                .register(registry);
    }

    @Override
    public void opened(Symbol symbol, AtomicLong acknowledged) {
        FunctionCounter.builder(ProducerMetrics.TICKS.metricName(), acknowledged, AtomicLong::get)
                .baseUnit(ProducerMetrics.TICKS.unit())
                .description(ProducerMetrics.TICKS.description())
                .tag(ProducerMetrics.TICKS.tags().getFirst(), symbol.name())
                .register(registry);
    }
}
