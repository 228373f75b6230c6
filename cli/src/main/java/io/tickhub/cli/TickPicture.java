package io.tickhub.cli;

import io.tickhub.model.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a watched market looks like: the newest tick of each symbol, the newest of all, and the last sentence said. For one thread. */
final class TickPicture {

    private static final int MOST_REMEMBERED = 200;

    private final Map<String, String> newestBySymbol = new TreeMap<>();
    private final Deque<String> newest = new ArrayDeque<>();
    private String heading = "";
    private String notice = "";

    void head(String line) {
        heading = line;
    }

    void add(Symbol symbol, String line) {
        newestBySymbol.put(symbol.name(), line);
        newest.addFirst(line);
        if (newest.size() > MOST_REMEMBERED) {
            newest.removeLast();
        }
    }

    /** Stays until something else is said. */
    void say(String sentence) {
        notice = sentence;
    }

    /** So many lines, or fewer. */
    List<String> lines(int height) {
        List<String> lines = new ArrayList<>(table(height - 1));
        int left = height - lines.size() - 2;
        if (left > 0) {
            lines.add("");
            newest.stream().limit(left).forEach(lines::add);
        }
        lines.add(notice);
        return lines;
    }

    /** The newest tick of each symbol, in so many lines at most. */
    List<String> table(int height) {
        List<String> lines = new ArrayList<>();
        lines.add(heading);
        int room = height - 1;
        int shown = newestBySymbol.size() <= room ? newestBySymbol.size() : room - 1;
        newestBySymbol.values().stream().limit(shown).forEach(lines::add);
        if (shown < newestBySymbol.size()) {
            lines.add("and " + (newestBySymbol.size() - shown) + " more");
        }
        return lines;
    }
}
