package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tickhub.model.Decoded;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Codec and model agree about every record; without a broker, so that far more can be tried than in a scenario. */
class TickModelTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-20T14:30:00Z");

    @Test
    void codecAndModelAcceptAndReadTheSame() {
        long seed = Long.getLong("tickhub.seed", 1L);
        int records = Integer.getInteger("tickhub.records", 200_000);
        TickCodec codec = new TickCodec();
        Mutations mutations = new Mutations(seed);
        Symbol symbol = new Symbol("AAPL");
        int accepted = 0;
        for (int i = 0; i < records; i++) {
            byte[] value = mutations.of(new String(codec.encode(Market.tick("AAPL", i + 1)), StandardCharsets.UTF_8));
            Decoded decoded = codec.decode(symbol, value, ARRIVAL);
            accepted += decoded instanceof Decoded.Valid ? 1 : 0;
            if (!isSame(decoded, TickModel.read("AAPL", value, ARRIVAL))) {
                fail("seed " + seed + ", record " + i + ": the codec says " + decoded + " of "
                        + new String(value, StandardCharsets.UTF_8) + " "
                        + HexFormat.of().formatHex(value));
            }
        }
        assertThat(accepted).isBetween(records / 20, records / 2);
    }

    private static boolean isSame(Decoded decoded, Optional<Tick> model) {
        return switch (decoded) {
            case Decoded.Valid valid ->
                model.filter(tick -> isSame(valid.tick(), tick)).isPresent();
            case Decoded.Malformed malformed -> model.isEmpty();
        };
    }

    private static boolean isSame(Tick tick, Tick model) {
        return tick.symbol().equals(model.symbol())
                && tick.price().toPlainString().equals(model.price().toPlainString())
                && tick.volume().toPlainString().equals(model.volume().toPlainString())
                && tick.timestamp().equals(model.timestamp())
                && (model.source().isEmpty() || model.source().equals(tick.source()))
                && (model.id().isEmpty() || model.id().equals(tick.id()));
    }
}
