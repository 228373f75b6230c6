package io.tickhub.benchmarks.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** A tick as one would write it with Jackson alone, its reader and writer made once. Immutable. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatabindTick(
        String symbol, BigDecimal price, BigDecimal volume, Instant timestamp, String source, String id) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .withConfigOverride(
                    BigDecimal.class,
                    override -> override.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static final ObjectReader READER = MAPPER.readerFor(DatabindTick.class);
    static final ObjectWriter WRITER = MAPPER.writerFor(DatabindTick.class);

    static DatabindTick of(Tick tick) {
        return new DatabindTick(
                tick.symbol().name(), tick.price(), tick.volume(), tick.timestamp(), tick.source(), tick.id());
    }
}
