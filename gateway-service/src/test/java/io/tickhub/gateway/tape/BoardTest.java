package io.tickhub.gateway.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import org.junit.jupiter.api.Test;

class BoardTest {

    private static final Symbol AAPL = new Symbol("AAPL");

    private final Script script = new Script(100);

    @Test
    void aTopicThatIsMadeAgainHasNoTicksOfTheFormerOne() {
        script.ticks("AAPL", 5, 9).notice("AAPL", 10).tick("MSFT", 11);
        script.board.begin(AAPL, 0);

        Board.Entry entry = script.board.find(AAPL).orElseThrow();
        assertThat(entry.recent(10)).isEmpty();
        assertThat(entry.tick()).isEmpty();
        assertThat(entry.notice()).isPresent();
        script.tick("AAPL", 0);
        assertThat(entry.recent(10)).extracting(TapeItem::json).containsExactly("AAPL@0");
        assertThat(script.board.find(new Symbol("MSFT")).orElseThrow().tick()).isPresent();
    }

    @Test
    void aSubscriptionThatBeginsAnewKeepsThem() {
        script.ticks("AAPL", 5, 9);
        script.board.begin(AAPL, 10);
        script.board.begin(new Symbol("NEW"), 0);

        assertThat(script.board.find(AAPL).orElseThrow().recent(10)).hasSize(5);
    }
}
