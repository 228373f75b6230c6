package io.tickhub.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from the broker's log why it died. Immutable.
 *
 * @param file the log
 * @param start its length in bytes when the broker was started
 */
record BrokerLog(Path file, long start) {

    private static final String ERROR = " ERROR ";

    /** A line of a stack trace: a frame, or an exception with its message. */
    private static final Pattern EXCEPTION = Pattern.compile(
            "^(?:\\s+at .*|\\s+\\.\\.\\. \\d+ .*|(?:Caused by: )?[\\w.$]+(?:Exception|Error)(?:: (.*))?)$");

    private static final int TAIL_BYTES = 256 * 1024;

    static BrokerLog fromNowOn(Path file) {
        try {
            return new BrokerLog(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException e) {
            return new BrokerLog(file, 0);
        }
    }

    /** The message of the last error that was logged since the start, with the root of its stack trace where it has one. */
    Optional<String> lastError() {
        String text = tail();
        int error = text.lastIndexOf(ERROR);
        if (error < 0) {
            return Optional.empty();
        }
        List<String> lines = text.substring(error + ERROR.length()).lines().toList();
        String message = lines.get(0).replaceFirst("^\\S+ - ", "");
        return Optional.of(lines.stream()
                .skip(1)
                .map(EXCEPTION::matcher)
                .takeWhile(Matcher::find)
                .map(found -> Objects.requireNonNullElse(found.group(1), ""))
                .filter(cause -> !cause.isEmpty())
                .reduce((first, second) -> second)
                .filter(cause -> !message.contains(cause))
                .map(cause -> message + ": " + cause)
                .orElse(message));
    }

    private String tail() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long end = log.length();
            // A shorter file is a new one: the log rolled.
            long from = Math.max(end < start ? 0 : start, end - TAIL_BYTES);
            byte[] bytes = new byte[(int) (end - from)];
            log.seek(from);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
