package io.tickhub.producer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Tick;
import io.tickhub.producer.source.SourceItem;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded trades, as dirty as they are; skipped where the recordings are not at hand. */
class BitflyerFilesTest {

    @ParameterizedTest
    @CsvSource({
        "BTC_JPY, 119623, 407, 14749.53919196, 2018-01-27T14:59:19.046Z",
        "ETH_BTC, 5320, 11, 6044.0239286, 2018-01-27T12:20:54.001Z",
    })
    void everyRowIsATickOrSaysWhyNot(
            String symbol, int expectedTicks, int expectedBad, BigDecimal volume, Instant firstTime) {
        Path file = recording("bitflyer/execution.20180128." + symbol + ".csv.gz");
        List<Tick> ticks = new ArrayList<>();
        List<SourceItem.Bad> bad = new ArrayList<>();
        ReplayConfig config = new ReplayConfig(
                List.of(file), Optional.empty(), Speed.MAX, ReplayConfig.StartAt.BEGINNING, "replay-1");
        try (FileReplay replay = FileReplay.open(config, ArrivedRows.NONE, Instant.now())) {
            while (replay.due().isPresent()) {
                switch (replay.next()) {
                    case SourceItem.Good good -> ticks.add(good.tick());
                    case SourceItem.Bad row -> bad.add(row);
                }
            }
        }
        assertThat(ticks)
                .hasSize(expectedTicks)
                .allMatch(tick -> tick.symbol().name().equals(symbol));
        assertThat(bad)
                .hasSize(expectedBad)
                .allMatch(row -> row.reason() == DeadLetterReason.MISSING_FIELD)
                .allMatch(row -> row.detail().equals("exec_date is empty"))
                .allMatch(row -> row.symbol().orElseThrow().name().equals(symbol));
        assertThat(ticks.stream().map(Tick::volume).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(volume);
        assertThat(ticks.stream().map(Tick::timestamp).min(Comparator.naturalOrder()))
                .contains(firstTime);
    }

    private static Path recording(String name) {
        String configured = System.getenv("TICKHUB_TEST_DATA");
        Path data = configured == null ? Path.of("../../shared/data") : Path.of(configured);
        boolean isThere = Files.exists(data.resolve(name));
        if (!isThere) {
            System.out.println("skipped: there is no "
                    + data.resolve(name).toAbsolutePath().normalize()
                    + "; TICKHUB_TEST_DATA can name the folder of the recordings");
        }
        assumeTrue(isThere, "the recordings are not at hand");
        return data.resolve(name);
    }
}
