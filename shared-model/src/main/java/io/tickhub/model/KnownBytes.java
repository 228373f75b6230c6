package io.tickhub.model;

/**
 * Gives the bytes of texts that come again and again, such as symbols and the sources of ticks, together with what always stands around them, without
 * looking at each character again. It holds {@value #MOST} of them at the most; a new one takes the place of another. Thread safe: a race of two threads costs another object, which is immutable.
 */
final class KnownBytes {

    private static final int MOST = 256;

    /** Instead of the bytes of a text that needs others than ASCII, or an escape. */
    static final Ascii NOT_PLAIN = new Ascii("");

    private final String before;
    private final String after;
    private final Known[] known = new Known[MOST];

    /** Of the texts alone. */
    KnownBytes() {
        this("", "");
    }

    /** Of texts between two others, which are ASCII. */
    KnownBytes(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** The text as it stands in JSON between quotation marks, and what stands around it; {@link #NOT_PLAIN} if it has to be written otherwise. */
    Ascii of(String text) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 8) & (MOST - 1);
        Known found = known[place];
        if (found == null || !found.text.equals(text)) {
            found = new Known(text, isPlain(text) ? new Ascii(before + text + after) : NOT_PLAIN);
            known[place] = found;
        }
        return found.ascii;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    private static final class Known {

        private final String text;
        private final Ascii ascii;

        Known(String text, Ascii ascii) {
            this.text = text;
            this.ascii = ascii;
        }
    }
}
