package io.tickhub.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where recorded market data lies: not in this repository, but beside it, or where {@code TICKHUB_TEST_DATA} says. */
final class RecordedData {

    private RecordedData() {}

    /** A folder of recorded data; where there is none the test is skipped, and the log says why. */
    static Path folder(String name) {
        String chosen = System.getenv("TICKHUB_TEST_DATA");
        // Tests run in the folder of their module.
        Path data = chosen != null
                ? Path.of(chosen)
                : Path.of("")
                        .toAbsolutePath()
                        .getParent()
                        .resolveSibling("shared")
                        .resolve("data");
        Path folder = data.resolve(name);
        if (!Files.isDirectory(folder)) {
            String reason = "skipped: there is no recorded market data in " + folder + " (set TICKHUB_TEST_DATA)";
            System.out.println(reason);
            assumeTrue(false, reason);
        }
        return folder;
    }
}
