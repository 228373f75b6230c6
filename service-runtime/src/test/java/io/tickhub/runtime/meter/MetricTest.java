package io.tickhub.runtime.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickhub.runtime.meter.Metric.Definition;
import org.junit.jupiter.api.Test;

class MetricTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aMeterIsWhatTheDefinitionSays() {
        Metric ticks = () -> Definition.counter("a.ticks", "ticks", "Ticks seen.");

        ticks.counter().tag("kind", "x").register(registry).increment();

        Meter.Id id = registry.get("a.ticks").tags("kind", "x").counter().getId();
        assertThat(id.getType()).isEqualTo(Meter.Type.COUNTER);
        assertThat(id.getBaseUnit()).isEqualTo("ticks");
        assertThat(id.getDescription()).isEqualTo("Ticks seen.");
    }

    @Test
    void anotherTypeIsRefused() {
        Metric lag = () -> Definition.gauge("a.lag", "Offsets not read yet.");

        assertThatThrownBy(lag::counter).hasMessage("a.lag is declared as GAUGE, not as COUNTER");
        assertThatThrownBy(lag::timer).hasMessage("a.lag is declared as GAUGE, not as TIMER");
        lag.gauge(() -> 3).register(registry);
        assertThat(registry.get("a.lag").gauge().value()).isEqualTo(3);
        assertThat(registry.get("a.lag").gauge().getId().getBaseUnit()).isNull();
    }
}
