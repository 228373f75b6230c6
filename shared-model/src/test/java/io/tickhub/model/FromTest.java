package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FromTest {

    @Test
    void eachFormIsReadAndWritten() {
        assertThat(From.parse("live")).isEqualTo(From.live());
        assertThat(From.parse("earliest")).isEqualTo(From.earliest());
        assertThat(From.parse("offset:120347")).isEqualTo(new From.Offset(120_347));
        assertThat(From.parse("last:1")).isEqualTo(new From.Last(1));
        assertThat(From.parse("time:2026-01-05T14:30:00Z"))
                .isEqualTo(new From.Time(Instant.parse("2026-01-05T14:30:00Z")));
        for (String text : new String[] {"live", "earliest", "offset:0", "last:9", "time:2026-01-05T14:30:00.123Z"}) {
            assertThat(From.parse(text).text()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "LIVE",
                "live:",
                "earliest:1",
                "offset",
                "offset:",
                "offset:-1",
                "offset:x",
                "offset:99999999999999999999",
                "last:0",
                "last:-5",
                "last:1.5",
                "time:",
                "time:yesterday",
                "time:2026-01-05",
                "time:+900000000-01-01T00:00:00Z",
                "time:-900000000-01-01T00:00:00Z",
                ":"
            })
    void anythingElseIsTold(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> From.parse(text))
                .withMessageMatching(".*(from|after) .*");
    }
}
