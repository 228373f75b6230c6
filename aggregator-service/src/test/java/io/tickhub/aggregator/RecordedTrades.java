package io.tickhub.aggregator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** The trades of a recorded day, in the order of their file, and the figures that an independent program computed from them. */
public final class RecordedTrades {

    private static final int PRODUCT = 1;
    private static final int ID = 3;
    private static final int EXECUTED = 4;
    private static final int PRICE = 6;
    private static final int SIZE = 7;

    private final Path folder;
    private final String product;

    private RecordedTrades(Path folder, String product) {
        this.folder = folder;
        this.product = product;
    }

    /** The test is skipped, and says so, where the data is absent. */
    public static RecordedTrades of(String product) {
        Path folder = dataFolder();
        if (!Files.isDirectory(folder)) {
            String reason = "skipped: there is no recorded market data in " + folder + " (set TICKHUB_TEST_DATA)";
            System.out.println(reason);
            assumeTrue(false, reason);
        }
        return new RecordedTrades(folder, product);
    }

    /** Each row; empty if it is no tick because it has no time. */
    public List<Optional<Tick>> ticks() throws IOException {
        Path file = folder.resolve("execution.20180128." + product + ".csv.gz");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(RecordedTrades::tick).toList();
        }
    }

    public JsonNode expected() throws IOException {
        byte[] json = Files.readAllBytes(folder.resolve("expected.20180128." + product + ".json"));
        return Json.read(json, JsonNode.class).get(product);
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

    /** All fields of these files stand in quotation marks and hold none. */
    private static Optional<Tick> tick(String line) {
        List<String> row = List.of(line.substring(1, line.length() - 1).split("\",\"", -1));
        return row.get(EXECUTED).isEmpty()
                ? Optional.empty()
                : Optional.of(new Tick(
                        new Symbol(row.get(PRODUCT)),
                        new BigDecimal(row.get(PRICE)),
                        new BigDecimal(row.get(SIZE)),
                        OffsetDateTime.parse(row.get(EXECUTED)).toInstant(),
                        "",
                        row.get(ID)));
    }
}
