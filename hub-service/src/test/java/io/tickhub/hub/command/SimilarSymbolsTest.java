package io.tickhub.hub.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarSymbolsTest {

    @Test
    void aSlipOfTheFingerIsFound() {
        assertThat(similar("APPL", "MSFT", "AAPL", "TSLA")).containsExactly("AAPL");
        assertThat(similar("aapl", "MSFT", "AAPL")).containsExactly("AAPL");
        assertThat(similar("BTCUSD", "ETH-USD", "BTC-USD")).containsExactly("BTC-USD");
    }

    @Test
    void theNearestComeFirstAndThereAreAtMostThree() {
        assertThat(similar("ABCDEF", "ABCDXX", "ABCDEX", "ABCDEF1", "ABCXEF", "ABCDE"))
                .hasSize(3)
                .doesNotContain("ABCDXX");
        assertThat(similar("ABCDEF", "ABXXEF", "ABCDEX")).containsExactly("ABCDEX", "ABXXEF");
    }

    @Test
    void whatIsNotSimilarIsNotOffered() {
        assertThat(similar("AAPL", "MSFT", "TSLA", "GOOG")).isEmpty();
        assertThat(similar("A", "XY")).isEmpty();
    }

    private static List<String> similar(String wanted, String... known) {
        return SimilarSymbols.to(
                        new Symbol(wanted),
                        Arrays.stream(known).map(Symbol::new).toList())
                .stream()
                .map(Symbol::name)
                .toList();
    }
}
