package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolTest {

    @ParameterizedTest
    @ValueSource(strings = {"AAPL", "BTC-USD", "BRK.B", "EUR/USD", "ES=F", "^GSPC", "日経225", "a b", "🙂", "_"})
    void namesAsExchangesWriteThem(String name) {
        assertThat(new Symbol(name).toBytes()).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A\nB", "A\u0000", "\u007f", "\u0085", "\ud83d", "\ude42", "\ude42\ud83d", "A\ud83dB"})
    void namesThatAreNone(String name) {
        assertThatThrownBy(() -> new Symbol(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLimitCountsBytesNotCharacters() {
        assertThat(new Symbol("A".repeat(64)).name()).hasSize(64);
        assertThat(new Symbol("é".repeat(32)).toBytes()).hasSize(64);
        assertThatThrownBy(() -> new Symbol("A".repeat(65))).hasMessage("a symbol has at most 64 bytes");
        assertThatThrownBy(() -> new Symbol("é".repeat(33))).hasMessage("a symbol has at most 64 bytes");
        assertThatThrownBy(() -> new Symbol("A".repeat(1_000_000))).hasMessage("a symbol has at most 64 bytes");
    }
}
