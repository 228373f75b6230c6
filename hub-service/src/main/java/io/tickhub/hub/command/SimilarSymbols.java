package io.tickhub.hub.command;

import io.tickhub.model.Symbol;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the symbols that a user may have meant, by edit distance (Levenshtein 1966). Thread safe. */
final class SimilarSymbols {

    private static final int MOST = 3;
    private static final int MOST_COMPARED = 10_000;

    private SimilarSymbols() {}

    /** At most three known symbols that differ little from a name, the nearest first. */
    static List<Symbol> to(Symbol wanted, Collection<Symbol> known) {
        int tolerance = Math.max(1, wanted.name().length() / 3);
        return known.stream()
                .limit(MOST_COMPARED)
                .filter(symbol -> distance(wanted, symbol) <= tolerance)
                .sorted(Comparator.comparingInt(symbol -> distance(wanted, symbol)))
                .limit(MOST)
                .toList();
    }

    private static int distance(Symbol wanted, Symbol known) {
        String a = wanted.name().toUpperCase(Locale.ROOT);
        String b = known.name().toUpperCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
