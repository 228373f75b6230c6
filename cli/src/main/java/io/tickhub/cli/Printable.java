package io.tickhub.cli;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes and text of unknown origin, so that they can do a terminal no harm. No state. */
final class Printable {

    private static final int BYTES_A_LINE = 16;
    private static final HexFormat HEX = HexFormat.of();

    private Printable() {}

    /** The text in one line: every character that is not to be seen becomes an escape. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isVisible(character)) {
                line.appendCodePoint(character);
            } else {
                line.append(String.format("\\u%04x", character));
            }
        });
        return line.toString();
    }

    /** The bytes as text if they are UTF-8 that can be seen, line breaks and tabs included. */
    static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean isSeen = text.codePoints()
                    .allMatch(character -> isVisible(character) || character == '\n' || character == '\t');
            return isSeen ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Sixteen bytes a line: their place, their values, and what of them is ASCII. */
    static void printHex(PrintWriter out, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += BYTES_A_LINE) {
            int to = Math.min(bytes.length, from + BYTES_A_LINE);
            StringBuilder values = new StringBuilder();
            StringBuilder ascii = new StringBuilder();
            for (int i = from; i < to; i++) {
                values.append(HEX.toHexDigits(bytes[i])).append(i == from + BYTES_A_LINE / 2 - 1 ? "  " : " ");
                ascii.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
            out.println(String.format("%08x  %-49s |%s|", from, values, ascii));
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            // Format characters too: some of them turn the direction of what follows.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
