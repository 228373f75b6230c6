package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is read faster must be read as the JDK reads it. */
class TimestampsTest {

    private static final long FIRST_SECOND =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final String MUTATIONS = "0123456789-+:.,TZtz \u0660\u00e9";

    @Test
    void everyTimeIsReadAsItWasWritten() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            Instant time = time(random);
            assertThat(Timestamps.parse(time.toString())).isEqualTo(time);
        }
    }

    @Test
    void whatIsNearlyATimeIsAcceptedAndRefusedAsByTheJdk() {
        Random random = new Random(8);
        for (int i = 0; i < 200_000; i++) {
            Instant time = time(random);
            String text = mutated(
                    random.nextBoolean()
                            ? time.toString()
                            : time.atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1080, 1081)))
                                    .toString(),
                    random);
            assertThat(read(Timestamps::parse, text)).as(text).isEqualTo(read(TimestampsTest::byTheJdk, text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T14:30:00Z",
                "2026-11-20T14:30:00.1Z",
                "2026-11-20T14:30:00.12Z",
                "2026-11-20T14:30:00.123456789Z",
                "2026-11-20T14:30:00.1234567890Z",
                "2026-11-20T14:30:00.Z",
                "2026-11-20T14:30Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T24:00:01Z",
                "2016-12-31T23:59:60Z",
                "2026-11-20T14:30:60Z",
                "2026-11-20T14:60:00Z",
                "2026-02-29T00:00:00Z",
                "2028-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2000-02-29T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-32T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "-0001-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "2026-11-20t14:30:00z",
                "2026-11-20T14:30:00+01:00",
                "2026-11-20T14:30:00.5-03:30",
                "2026-11-20T14:30:00-00:00",
                "2026-11-20T14:30:00+17:59",
                "2026-11-20T14:30:00+18:00",
                "2026-11-20T14:30:00-18:01",
                "2026-11-20T14:30:00+09:60",
                "2026-11-20T14:30:00+09:00:30",
                "2026-11-20T14:30:00+09",
                "2026-11-20T14:30:00 09:00",
                "0000-01-01T00:00:00+09:00",
                "2026-11-20",
                "Z",
                ""
            })
    void boundariesAreThoseOfTheJdk(String text) {
        assertThat(read(Timestamps::parse, text)).isEqualTo(read(TimestampsTest::byTheJdk, text));
    }

    private static Instant time(Random random) {
        int nano =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(1_000) * 1_000_000;
                    case 2 -> random.nextInt(1_000_000) * 1_000;
                    default -> random.nextInt(1_000_000_000);
                };
        return Instant.ofEpochSecond(random.nextLong(FIRST_SECOND, LAST_SECOND), nano);
    }

    /** One to three characters are others, or gone, or new. */
    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int place = random.nextInt(mutated.length());
            char other = MUTATIONS.charAt(random.nextInt(MUTATIONS.length()));
            switch (random.nextInt(4)) {
                case 0 -> mutated.deleteCharAt(place);
                case 1 -> mutated.insert(place, other);
                default -> mutated.setCharAt(place, other);
            }
        }
        return mutated.toString();
    }

    private static Optional<Instant> read(Function<String, Instant> reader, String text) {
        try {
            return Optional.of(reader.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant byTheJdk(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }
}
