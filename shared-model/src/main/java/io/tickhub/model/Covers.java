package io.tickhub.model;

/**
 * The half-open range of a symbol's offsets that a feed record stands for: the header {@code covers: FROM-TO}. The ranges of one
 * subscription join without holes from its start to its end; that proves that nothing is missing. Immutable.
 *
 * @param from first offset, 0 or more
 * @param to offset after the last one, not below {@code from}
 */
public record Covers(long from, long to) {

    private static final int USUAL_DIGITS = 16;

    /** @throws IllegalArgumentException if the range is none */
    public Covers {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("not a range of offsets: " + from + "-" + to);
        }
    }

    /** @throws IllegalArgumentException if the text is not {@code FROM-TO} */
    public static Covers parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("not a range of offsets: " + text);
        }
        return new Covers(Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10));
    }

    /** The bytes of the header: its text, in ASCII. */
    public byte[] toBytes() {
        return new PlainWriter(2 * USUAL_DIGITS)
                .number(from)
                .character('-')
                .number(to)
                .toBytes();
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
