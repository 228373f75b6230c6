package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The recorded trades of a day give the figures that an independent program computed from them. */
class RecordedDayTest {

    private static final int PRODUCT = 1;
    private static final int ID = 3;
    private static final int EXECUTED = 4;
    private static final int PRICE = 6;
    private static final int SIZE = 7;

    @ParameterizedTest
    @ValueSource(strings = {"BTC_JPY", "ETH_BTC"})
    void everyFigureIsTheExpectedOne(String product) throws IOException {
        Path folder = dataFolder();
        if (!Files.isDirectory(folder)) {
            String reason = "skipped: there is no recorded market data in " + folder + " (set TICKHUB_TEST_DATA)";
            System.out.println(reason);
            assumeTrue(false, reason);
        }
        Accumulator accumulator = new Accumulator(new Symbol(product), "topic-1", 0);
        long offset = 0;
        for (List<String> row : rows(folder.resolve("execution.20180128." + product + ".csv.gz"))) {
            if (row.get(EXECUTED).isEmpty()) {
                accumulator.reject(offset++);
            } else {
                accumulator.add(offset++, tick(row));
            }
        }

        PriceStats stats = accumulator.toStats();
        byte[] json = Files.readAllBytes(folder.resolve("expected.20180128." + product + ".json"));
        JsonNode expected = Json.read(json, JsonNode.class).get(product);
        assertThat(stats.count()).isEqualTo(expected.get("count").longValue());
        assertThat(stats.rejected()).isEqualTo(expected.get("rejectedRows").longValue());
        assertThat(stats.minPrice()).isEqualByComparingTo(number(expected, "minPrice"));
        assertThat(stats.maxPrice()).isEqualByComparingTo(number(expected, "maxPrice"));
        assertThat(stats.avgPrice()).isEqualByComparingTo(number(expected, "avgPrice"));
        assertThat(stats.openPrice()).isEqualByComparingTo(number(expected, "openPrice"));
        assertThat(stats.lastPrice()).isEqualByComparingTo(number(expected, "lastPrice"));
        assertThat(stats.volume()).isEqualByComparingTo(number(expected, "volume"));
        assertThat(stats.vwap()).isEqualByComparingTo(number(expected, "vwap"));
        assertThat(stats.stdDev()).isEqualByComparingTo(number(expected, "stdDev"));
        assertThat(stats.firstTimestamp()).isEqualTo(time(expected, "firstTimestamp"));
        assertThat(stats.lastTimestamp()).isEqualTo(time(expected, "lastTimestamp"));
        assertThat(accumulator.toState().sums().price()).isEqualByComparingTo(number(expected, "sumPrice"));
    }

    private static Path dataFolder() {
        String chosen = System.getenv("TICKHUB_TEST_DATA");
        Path data = chosen != null
                ? Path.of(chosen)
                : repository().resolveSibling("shared").resolve("data");
        return data.resolve("bitflyer");
    }

    /** Tests run in the folder of their module. */
    private static Path repository() {
        return Path.of("").toAbsolutePath().getParent();
    }

    private static List<List<String>> rows(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(RecordedDayTest::fields).toList();
        }
    }

    /** All fields of these files stand in quotation marks and hold none. */
    private static List<String> fields(String line) {
        return List.of(line.substring(1, line.length() - 1).split("\",\"", -1));
    }

    private static Tick tick(List<String> row) {
        return new Tick(
                new Symbol(row.get(PRODUCT)),
                new BigDecimal(row.get(PRICE)),
                new BigDecimal(row.get(SIZE)),
                OffsetDateTime.parse(row.get(EXECUTED)).toInstant(),
                "",
                row.get(ID));
    }

    private static BigDecimal number(JsonNode figures, String name) {
        return new BigDecimal(figures.get(name).stringValue());
    }

    private static Instant time(JsonNode figures, String name) {
        return Instant.parse(figures.get(name).stringValue());
    }
}
