package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final int ONE_MEBIBYTE = 1024 * 1024;

    @Test
    void fiveThousandOrdinarySymbolsFit() {
        assertThat(Figures.of(5_000, numbered("SYMBOL", 5_000)).leftOut()).isZero();
    }

    @Test
    void whatDoesNotFitIsCountedAndTheTotalIsOfAll() {
        Map<String, Long> all = numbered("\u0001".repeat(58), 10_000);

        Figures figures = Figures.of(10_000, all);

        assertThat(figures.total()).isEqualTo(10_000);
        assertThat(figures.byName().size() + figures.leftOut()).isEqualTo(10_000);
        assertThat(figures.leftOut()).isPositive();
        InstanceStatus status = new InstanceStatus(
                "producer-1",
                Role.PRODUCER,
                "1",
                InstanceStatus.State.DRAINED,
                Instant.EPOCH,
                List.of(),
                Optional.of(figures));
        assertThat(Json.write(status)).hasSizeLessThan(ONE_MEBIBYTE).hasSizeGreaterThan(ONE_MEBIBYTE / 2);
        assertThat(Json.read(Json.write(status), InstanceStatus.class)).isEqualTo(status);
    }

    private static Map<String, Long> numbered(String name, int count) {
        Map<String, Long> numbered = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            numbered.put("%s%06d".formatted(name, i), Long.MAX_VALUE - i);
        }
        return numbered;
    }
}
