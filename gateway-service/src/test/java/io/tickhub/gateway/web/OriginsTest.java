package io.tickhub.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginsTest {

    private final Origins local = new Origins(new WebConfig("127.0.0.1", 8080, Set.of()));
    private final Origins open = new Origins(new WebConfig("0.0.0.0", 8080, Set.of("https://desk.example")));

    @Test
    void programsAndTheOwnPageMayAsk() {
        assertThat(refusal(local, "localhost:8080", "")).isEmpty();
        assertThat(refusal(local, "127.0.0.1:8080", "http://127.0.0.1:8080")).isEmpty();
        assertThat(refusal(local, "[::1]:8080", "http://[::1]:8080")).isEmpty();
        assertThat(refusal(open, "prices.example", "http://prices.example")).isEmpty();
    }

    @Test
    void otherPagesMayNotUnlessTheyAreNamed() {
        assertThat(refusal(local, "localhost:8080", "http://localhost:3000")).hasValueSatisfying(problem -> {
            assertThat(problem.status()).isEqualTo(403);
            assertThat(problem.type()).isEqualTo("urn:tickhub:problem:foreign-origin");
        });
        assertThat(refusal(open, "prices.example", "null")).isPresent();
        assertThat(refusal(open, "prices.example", "https://desk.example")).isEmpty();
    }

    @Test
    void aForeignNameThatPointsToThisMachineIsRefused() {
        assertThat(refusal(local, "evil.example:8080", "http://evil.example:8080"))
                .map(Problem::type)
                .contains("urn:tickhub:problem:foreign-host");
        assertThat(refusal(open, "evil.example:8080", "")).isEmpty();
    }

    private static Optional<Problem> refusal(Origins origins, String host, String origin) {
        return origins.refusal(Optional.of(host), Optional.of(origin).filter(text -> !text.isEmpty()));
    }
}
