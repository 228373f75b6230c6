package io.tickhub.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveFileTest {

    @Test
    void theFileIsNamedByTheTitleAndSaysWhatIsDrawn(@TempDir Path folder) throws IOException {
        Curve curve = new Curve(
                "Age & linger",
                "linger, ms",
                "age, ms",
                List.of(
                        new Curve.Line("batch 16K", List.of(new Curve.Point(0, 1.5), new Curve.Point(50, 52))),
                        new Curve.Line("batch 64K", List.of(new Curve.Point(0, 1.4), new Curve.Point(50, 60)))));

        Path file = CurveFile.write(curve, folder, "concurrency");

        assertThat(file).hasFileName("concurrency-age-linger.svg");
        assertThat(Files.readString(file))
                .contains("<svg", "Age &amp; linger", "linger, ms", "age, ms", "batch 16K", "batch 64K")
                .doesNotContain("<image");
    }
}
