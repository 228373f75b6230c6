package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** A recorded day of one symbol, and the figures that an independent program computed from it. */
final class ExpectedDay {

    private static final int EXECUTED = 4;

    private final String symbol;
    private final Path file;
    private final JsonNode figures;

    ExpectedDay(Path folder, String symbol) throws IOException {
        this.symbol = symbol;
        file = folder.resolve("execution.20180128." + symbol + ".csv.gz");
        byte[] json = Files.readAllBytes(folder.resolve("expected.20180128." + symbol + ".json"));
        figures = Json.read(json, JsonNode.class).get(symbol);
    }

    String symbol() {
        return symbol;
    }

    Path file() {
        return file;
    }

    long count() {
        return figures.get("count").longValue();
    }

    long rejectedRows() {
        return figures.get("rejectedRows").longValue();
    }

    /** The rows without a time, under the names that their dead letters give them. */
    Map<String, String> rowsWithoutTime() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            for (int number = 2; number <= lines.size(); number++) {
                String line = lines.get(number - 1);
                // All fields of these files stand in quotation marks and hold none.
                if (line.split("\",\"", -1)[EXECUTED].isEmpty()) {
                    rows.put(file.getFileName() + "@" + number, line);
                }
            }
        }
        return rows;
    }

    void assertSame(PriceStats stats) {
        assertThat(stats.count()).as("count").isEqualTo(count());
        assertNumber("minPrice", stats.minPrice());
        assertNumber("maxPrice", stats.maxPrice());
        assertNumber("avgPrice", stats.avgPrice());
        assertNumber("openPrice", stats.openPrice());
        assertNumber("lastPrice", stats.lastPrice());
        assertNumber("volume", stats.volume());
        assertNumber("vwap", stats.vwap());
        assertNumber("stdDev", stats.stdDev());
        assertThat(stats.firstTimestamp()).isEqualTo(time("firstTimestamp"));
        assertThat(stats.lastTimestamp()).isEqualTo(time("lastTimestamp"));
    }

    private void assertNumber(String name, BigDecimal actual) {
        assertThat(actual)
                .as("%s of %s", name, symbol)
                .isEqualByComparingTo(figures.get(name).stringValue());
    }

    private Instant time(String name) {
        return Instant.parse(figures.get(name).stringValue());
    }
}
