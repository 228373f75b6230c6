package io.tickhub.model;

import java.nio.charset.StandardCharsets;

/**
 * Gives texts that come again and again, such as the sources of ticks, as the same String each time. It holds {@value #MOST} of them at the most; a new one
 * takes the place of another. Thread safe: a race of two threads costs one String more, and Strings are immutable.
 */
final class KnownTexts {

    private static final int MOST = 256;

    private final String[] known = new String[MOST];

    /** @param bytes hold ASCII in {@code [from, to)} */
    String of(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash ^ hash >>> 8) & (MOST - 1);
        String text = known[place];
        if (text == null || !isSame(text, bytes, from, to)) {
            text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            known[place] = text;
        }
        return text;
    }

    private static boolean isSame(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        int differences = 0;
        for (int i = from; i < to; i++) {
            differences |= text.charAt(i - from) ^ bytes[i];
        }
        return differences == 0;
    }
}
