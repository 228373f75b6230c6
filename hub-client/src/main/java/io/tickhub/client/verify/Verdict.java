package io.tickhub.client.verify;

import io.tickhub.model.Symbol;
import java.util.List;

/**
 * What came of the check of one symbol. Immutable.
 *
 * @param symbol the symbol
 * @param isWhole whether all that the statistics cover was read, so that they were compared too; if not, only bars were
 * @param from first offset that was read
 * @param asOf offset after the last one that the statistics cover
 * @param ticks ticks in {@code [from, asOf)} that count
 * @param bars bars that were compared
 * @param differences how many figures differ
 * @param sentences the first of them, a sentence each
 */
public record Verdict(
        Symbol symbol,
        boolean isWhole,
        long from,
        long asOf,
        long ticks,
        long bars,
        long differences,
        List<String> sentences) {

    /** Whether nothing differs. */
    public boolean isClean() {
        return differences == 0;
    }
}
