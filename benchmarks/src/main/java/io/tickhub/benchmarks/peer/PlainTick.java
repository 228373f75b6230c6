package io.tickhub.benchmarks.peer;

import java.math.BigDecimal;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** A tick as a program has it that reads JSON with Jackson's databind and does not look at the time. Immutable. */
record PlainTick(String symbol, BigDecimal price, BigDecimal volume, String timestamp, String source, String id) {

    static Serde<PlainTick> serde() {
        ObjectReader reader = JsonMapper.shared().readerFor(PlainTick.class);
        return Serdes.serdeFrom(
                (topic, tick) -> {
                    throw new UnsupportedOperationException("nobody writes ticks here");
                },
                (topic, bytes) -> reader.readValue(bytes));
    }
}
