package io.tickhub.client.verify;

import io.tickhub.model.Symbol;
import java.util.List;

/**
 * What came of the check of one symbol. Immutable.
 *
 * @param symbol the symbol
 * @param extent how much was compared
 * @param from first offset that was read
 * @param asOf offset after the last one that the statistics cover
 * @param ticks ticks in {@code [from, asOf)} that count
 * @param bars bars that were compared
 * @param differences how many figures differ
 * @param sentences the first of them, a sentence each
 */
public record Verdict(
        Symbol symbol,
        Extent extent,
        long from,
        long asOf,
        long ticks,
        long bars,
        long differences,
        List<String> sentences) {

    /** How much was compared. */
    public enum Extent {
        /** All that the statistics cover was read, so that they were compared too. */
        WHOLE,
        /** Not all of that is there, or was asked for: only bars were compared. */
        PART,
        /** The topic that was counted has been deleted, and perhaps another was made in its place: nothing was compared. */
        GONE
    }

    /** Whether all that the statistics cover was compared. */
    public boolean isWhole() {
        return extent == Extent.WHOLE;
    }

    /** Whether nothing differs. */
    public boolean isClean() {
        return differences == 0;
    }
}
