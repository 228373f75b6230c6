package io.tickhub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.gateway.tape.Place;
import io.tickhub.gateway.tape.Script;
import io.tickhub.gateway.tape.TapeItem;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CursorTest {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Script script = new Script(16);
    private long nanos = 1;

    @Test
    void beginsWithTheNewestAndThenGivesEveryTick() {
        script.ticks("A", 1, 3).tick("B", 4);
        Cursor cursor = fresh(every("A"));

        assertThat(poll(cursor)).containsExactly("A@3");
        script.tick("A", 5).tick("B", 6).tick("A", 7);
        assertThat(poll(cursor)).containsExactly("A@5", "A@7");
        assertThat(poll(cursor)).isEmpty();
    }

    @Test
    void givesOfConflatedSymbolsTheLatestOnceInAnInterval() {
        script.ticks("A", 1, 3);
        Cursor cursor = fresh(conflated("A", "B"));

        // A fresh stream is due at once.
        assertThat(poll(cursor)).containsExactly("A@3");
        script.ticks("A", 4, 9).tick("B", 10);
        assertThat(poll(cursor)).as("before the interval is over").isEmpty();
        nanos += INTERVAL.toNanos();
        assertThat(poll(cursor)).containsExactly("A@9", "B@10");
        nanos += INTERVAL.toNanos();
        assertThat(poll(cursor)).as("nothing has changed").isEmpty();
    }

    @Test
    void givesEveryTickOfOneAndTheLatestOfOthersInTheOrderOfTheTape() {
        Cursor cursor = fresh(new Selection(symbols("*"), symbols("A"), Optional.of(INTERVAL)));
        assertThat(poll(cursor)).isEmpty();
        nanos += INTERVAL.toNanos();
        script.tick("A", 1).ticks("B", 2, 3).tick("A", 4).tick("B", 5);

        assertThat(poll(cursor)).containsExactly("A@1", "A@4", "B@5");
    }

    @Test
    void conflationHidesNoNotice() {
        Cursor cursor = fresh(conflated("A"));
        script.tick("A", 1).notice("A", 2).tick("A", 3);

        nanos += INTERVAL.toNanos();
        poll(cursor);
        nanos += INTERVAL.toNanos();
        script.tick("A", 4).notice("A", 5).tick("A", 6);
        assertThat(poll(cursor)).containsExactly("A!5", "A@6");
    }

    @Test
    void goesOnBehindAPlace() {
        script.tick("A", 1).tick("B", 2).tick("A", 3).tick("A", 4);
        Cursor cursor = Cursor.resumed(script.tape, script.board, every("A"), new Place(Script.FEED, 1), nanos);

        assertThat(poll(cursor)).containsExactly("A@3", "A@4");
    }

    @Test
    void goesOnBehindWhatWasReadOfTheTopicAlthoughTheTapeBeginsBefore() {
        script.ticks("A", 5, 8);
        // Read of the topic up to 6; the tape has nothing at or before 4.
        Cursor cursor = Cursor.resumed(script.tape, script.board, every("A"), new Place(Script.FEED, 6), nanos);

        assertThat(poll(cursor)).containsExactly("A@7", "A@8");
    }

    @Test
    void aStreamThatTheTapeHasOvertakenIsConflatedAndToldHowMuchItMissed() {
        Cursor cursor = fresh(every("A"));
        poll(cursor);
        script.ticks("A", 1, 20);

        Cursor.Batch overtaken = cursor.poll(nanos);
        assertThat(overtaken.items()).isEmpty();
        assertThat(overtaken.overtaken()).isEqualTo(4);
        assertThat(poll(cursor)).containsExactly("A@20");
        script.ticks("A", 21, 22);
        assertThat(poll(cursor)).isEmpty();
        nanos += Cursor.WHEN_SLOW.toNanos();
        assertThat(poll(cursor)).containsExactly("A@22");
    }

    @Test
    void oneThatIsOvertakenCostsAnotherNothing() {
        Cursor slow = fresh(every("A"));
        Cursor quick = fresh(every("A"));
        poll(slow);
        poll(quick);
        for (int i = 1; i <= 40; i++) {
            script.tick("A", i);
            assertThat(poll(quick)).containsExactly("A@" + i);
        }
        assertThat(slow.poll(nanos).overtaken()).isEqualTo(24);
    }

    @Test
    void anotherSelectionBeginsWithItsNewest() {
        script.tick("A", 1).tick("B", 2);
        Cursor cursor = fresh(every("A"));
        poll(cursor);
        cursor.select(every("B"));

        assertThat(poll(cursor)).containsExactly("B@2");
        script.tick("A", 3).tick("B", 4);
        assertThat(poll(cursor)).containsExactly("B@4");
    }

    @Test
    void nothingIsSelectedUntilAProgramSaysWhat() {
        Cursor cursor = fresh(Selection.ofNone());
        script.tick("A", 1);

        assertThat(poll(cursor)).isEmpty();
        assertThat(poll(cursor)).isEmpty();
    }

    private Cursor fresh(Selection selection) {
        return Cursor.fresh(script.tape, script.board, selection, nanos);
    }

    private List<String> poll(Cursor cursor) {
        Cursor.Batch batch = cursor.poll(nanos);
        assertThat(batch.overtaken()).isZero();
        return batch.items().stream().map(TapeItem::json).toList();
    }

    private static Selection every(String... symbols) {
        return new Selection(symbols(symbols), Set.of(), Optional.empty());
    }

    private static Selection conflated(String... symbols) {
        return new Selection(symbols(symbols), Set.of(), Optional.of(INTERVAL));
    }

    private static Set<Symbol> symbols(String... names) {
        return Arrays.stream(names).map(Symbol::new).collect(Collectors.toSet());
    }
}
