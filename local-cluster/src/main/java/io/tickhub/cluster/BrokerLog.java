package io.tickhub.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads from the broker's log why it died. Immutable.
 *
 * @param file the log
 * @param start its length in bytes when the broker was started
 */
record BrokerLog(Path file, long start) {

    private static final String ERROR = " ERROR ";
    private static final int TAIL_BYTES = 256 * 1024;

    static BrokerLog fromNowOn(Path file) {
        try {
            return new BrokerLog(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException e) {
            return new BrokerLog(file, 0);
        }
    }

    /** The message of the last error that was logged since the start. */
    Optional<String> lastError() {
        return tail().lines()
                .filter(line -> line.contains(ERROR))
                .reduce((first, second) -> second)
                .map(line ->
                        line.substring(line.indexOf(ERROR) + ERROR.length()).replaceFirst("^\\S+ - ", ""));
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
