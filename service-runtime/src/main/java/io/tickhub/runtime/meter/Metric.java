package io.tickhub.runtime.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A metric as the enum of its service declares it, and the way to the meters of it: each method gives a builder that knows name, unit and
 * description, and refuses a metric that was declared as another type. Immutable.
 */
public interface Metric {

    /** What it is. */
    Definition definition();

    /**
     * What documents and tests say of a metric.
     *
     * @param name in Micrometer's form; Prometheus shows it with {@code _} for {@code .}
     * @param unit what one of it is, which Prometheus appends to the name; empty if the name says enough
     * @param description one sentence
     */
    record Definition(String name, Meter.Type type, Optional<String> unit, String description) {

        public static Definition counter(String name, String unit, String description) {
            return new Definition(name, Meter.Type.COUNTER, Optional.of(unit), description);
        }

        public static Definition counter(String name, String description) {
            return new Definition(name, Meter.Type.COUNTER, Optional.empty(), description);
        }

        public static Definition gauge(String name, String unit, String description) {
            return new Definition(name, Meter.Type.GAUGE, Optional.of(unit), description);
        }

        public static Definition gauge(String name, String description) {
            return new Definition(name, Meter.Type.GAUGE, Optional.empty(), description);
        }

        public static Definition timer(String name, String description) {
            return new Definition(name, Meter.Type.TIMER, Optional.empty(), description);
        }

        private Definition as(Meter.Type wanted) {
            if (type != wanted) {
                throw new IllegalStateException(name + " is declared as " + type + ", not as " + wanted);
            }
            return this;
        }
    }

    /** One that is incremented. */
    default Counter.Builder counter() {
        Definition own = definition().as(Meter.Type.COUNTER);
        Counter.Builder builder = Counter.builder(own.name()).description(own.description());
        own.unit().ifPresent(builder::baseUnit);
        return builder;
    }

    /** A counter of what an object counts by itself. */
    default <T> FunctionCounter.Builder<T> counter(T counting, ToDoubleFunction<T> count) {
        Definition own = definition().as(Meter.Type.COUNTER);
        FunctionCounter.Builder<T> builder =
                FunctionCounter.builder(own.name(), counting, count).description(own.description());
        own.unit().ifPresent(builder::baseUnit);
        return builder;
    }

    /** One that is asked for its value. */
    default Gauge.Builder<Supplier<Number>> gauge(Supplier<Number> value) {
        Definition own = definition().as(Meter.Type.GAUGE);
        Gauge.Builder<Supplier<Number>> builder =
                Gauge.builder(own.name(), value).description(own.description());
        own.unit().ifPresent(builder::baseUnit);
        return builder;
    }

    /** One that times are recorded in. */
    default Timer.Builder timer() {
        Definition own = definition().as(Meter.Type.TIMER);
        return Timer.builder(own.name()).description(own.description());
    }
}
