package io.tickhub.producer.source;

import java.util.Optional;

/**
 * One row of a file, {@code FILE@LINE} in the header {@code row}. Immutable.
 *
 * @param file the file's name without its folders
 * @param line number of the line on which the row begins, the first line of the file being 1
 */
public record RowAddress(String file, long line) {

    /** Reads {@code FILE@LINE}; empty if the text has another form. The file's name may hold {@code @} itself. */
    public static Optional<RowAddress> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        try {
            long line = Long.parseLong(text, at + 1, text.length(), 10);
            return line < 1 ? Optional.empty() : Optional.of(new RowAddress(text.substring(0, at), line));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return file + "@" + line;
    }
}
