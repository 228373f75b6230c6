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
    void goesOnWithAnEvent() {
        script.tick("A", 1).tick("B", 2).tick("A", 3).tick("A", 4);

        assertThat(poll(resumed(2, 2))).containsExactly("A@3", "A@4");
    }

    @Test
    void goesOnBehindWhatWasReadOfTheTopicAlthoughTheTapeBeginsBefore() {
        script.ticks("A", 5, 8);

        assertThat(poll(resumed(0, 6))).containsExactly("A@7", "A@8");
    }

    @Test
    void whatIsSelectedBesidesAfterComingBackBeginsWithItsNewestToo() {
        script.tick("B", 5).ticks("A", 6, 8);
        Cursor cursor = resumed(1, 6);
        assertThat(poll(cursor)).containsExactly("A@7", "A@8");

        cursor.select(every("A", "B"));
        assertThat(poll(cursor)).containsExactly("B@5");
    }

    @Test
    void whatIsOverwrittenBeforeAStreamGoesOnIsTold() {
        script.ticks("A", 1, 30);

        assertThat(resumed(4, 4).poll(nanos).overtaken()).isEqualTo(10);
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
    void aStreamThatIsOvertakenKeepsTheSymbolsOfWhichItWantedEveryTick() {
        Cursor cursor = fresh(new Selection(Set.of(new Symbol("B")), Set.of(new Symbol("A")), Optional.of(INTERVAL)));
        poll(cursor);
        script.ticks("A", 1, 20);
        assertThat(cursor.poll(nanos).overtaken()).isEqualTo(4);

        assertThat(poll(cursor)).containsExactly("A@20");
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
    void whatWasSelectedBeforeGoesOnWithEveryTickOnce() {
        script.tick("B", 1);
        Cursor cursor = fresh(every("A"));
        poll(cursor);
        script.tick("A", 2);
        assertThat(poll(cursor)).containsExactly("A@2");
        script.ticks("A", 3, 5);

        cursor.select(every("A", "B"));
        assertThat(poll(cursor)).containsExactly("B@1");
        script.tick("B", 6);
        assertThat(poll(cursor)).containsExactly("A@3", "A@4", "A@5", "B@6");
        cursor.select(every("A"));
        assertThat(poll(cursor)).isEmpty();
        assertThat(poll(cursor)).isEmpty();
    }

    @Test
    void conflatedBeforeAndNowEveryTickAndTheOtherWayRound() {
        Cursor cursor = fresh(conflated("A"));
        script.tick("A", 1);
        nanos += INTERVAL.toNanos();
        poll(cursor);
        nanos += INTERVAL.toNanos();
        assertThat(poll(cursor)).containsExactly("A@1");
        script.ticks("A", 2, 3);

        cursor.select(every("A"));
        assertThat(poll(cursor)).as("nothing of what was sent").isEmpty();
        assertThat(poll(cursor)).containsExactly("A@2", "A@3");
        cursor.select(conflated("A"));
        assertThat(poll(cursor)).isEmpty();
        script.ticks("A", 4, 5);
        nanos += INTERVAL.toNanos();
        assertThat(poll(cursor)).containsExactly("A@5");
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

    /** Goes on with the event of a number, having seen all up to an offset. */
    private Cursor resumed(long next, long seen) {
        return Cursor.resumed(script.tape, script.board, every("A"), next, new Place(Script.FEED, seen), nanos);
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
