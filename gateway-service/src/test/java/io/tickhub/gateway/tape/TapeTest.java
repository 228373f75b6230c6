package io.tickhub.gateway.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Symbol;
import org.junit.jupiter.api.Test;

class TapeTest {

    @Test
    void keepsTheNewestAndSaysWhatIsGone() {
        Tape tape = new Script(4).ticks("A", 10, 15).tape;

        assertThat(tape.begin()).isEqualTo(2);
        assertThat(tape.end()).isEqualTo(6);
        assertThat(tape.at(1)).isEmpty();
        assertThat(tape.at(2)).map(TapeItem::json).contains("A@12");
        assertThat(tape.at(6)).isEmpty();
    }

    @Test
    void findsWhatFollowsAPlaceOnlyIfNothingBetweenIsGone() {
        Tape tape = new Script(4).ticks("A", 10, 15).tape;

        assertThat(tape.after(new Place(Script.FEED, 12))).hasValue(3);
        assertThat(tape.after(new Place(Script.FEED, 15))).hasValue(6);
        assertThat(tape.after(new Place(Script.FEED, 11)))
                .as("12 is there, but whether something lay between is not known")
                .isEmpty();
        assertThat(tape.after(new Place(Script.FEED + 1, 12)))
                .as("another feed")
                .isEmpty();
        assertThat(tape.newestTick(Script.FEED)).map(TapeItem::json).contains("A@15");
    }

    @Test
    void aPlaceBetweenTwoEventsIsFoundByTheOneBefore() {
        // Offsets of other records, such as transaction markers, hold no event.
        Tape tape = new Script(8).tick("A", 10).tick("A", 14).tape;

        assertThat(tape.after(new Place(Script.FEED, 12))).hasValue(1);
    }

    @Test
    void aTickHidesNoNoticeOfTheSameOffset() {
        Tape tape = new Script(8).tick("A", 10).notice("A", 11).tick("A", 11).tape;

        assertThat(tape.after(new Place(Script.FEED, 10))).hasValue(1);
        assertThat(tape.after(new Place(Script.FEED, 11))).hasValue(3);
    }

    @Test
    void theBoardKeepsTheLastOfEachAndTheLastFew() {
        Board board = new Script(4).ticks("A", 1, 9).notice("A", 10).tick("B", 11).board;

        Board.Entry a = board.find(new Symbol("A")).orElseThrow();
        assertThat(a.tick()).map(TapeItem::json).contains("A@9");
        assertThat(a.notice()).map(TapeItem::json).contains("A!10");
        assertThat(a.recent(3)).extracting(TapeItem::json).containsExactly("A@7", "A@8", "A@9");
        assertThat(board.through()).isEqualTo(10);
    }

    @Test
    void aPlaceIsReadAsItIsWritten() {
        Place place = new Place(1795231474346L, 42);

        assertThat(Place.parse(place.text())).isEqualTo(place);
        assertThatThrownBy(() -> Place.parse("42")).hasMessageContaining("FEED:OFFSET");
        assertThatThrownBy(() -> Place.parse("1:9999999999999999999")).hasMessageContaining("FEED:OFFSET");
    }
}
