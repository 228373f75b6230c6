package io.tickhub.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketMessageTest {

    @Test
    void readsWhatProgramsSay() {
        assertThat(SocketMessage.parse("{\"type\":\"subscribe\",\"symbols\":[\"A\",\"B\"],\"conflate\":250}"))
                .isEqualTo(new SocketMessage.Subscribe(List.of("A", "B"), Optional.of(Duration.ofMillis(250))));
        assertThat(SocketMessage.parse("{\"type\":\"unsubscribe\",\"symbols\":[\"A\"]}"))
                .isEqualTo(new SocketMessage.Unsubscribe(List.of("A")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "hello",
                "{}",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"subscribe\",\"symbols\":[]}",
                "{\"type\":\"subscribe\",\"symbols\":[null]}",
                "{\"type\":\"subscribe\",\"symbols\":\"A\"}",
                "{\"type\":\"shout\",\"symbols\":[\"A\"]}",
                "{\"type\":null,\"symbols\":[\"A\"]}"
            })
    void refusesWhatIsNoMessageInOneSentence(String text) {
        assertThatThrownBy(() -> SocketMessage.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }
}
