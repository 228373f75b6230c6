package io.tickhub.producer.publish;

import io.tickhub.model.Headers;
import io.tickhub.producer.source.RowAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The headers that name the rows of files, in the form of {@link RowAddress#toString}. There is one for each tick of a replay, so the name of the
 * file is encoded once. Used by one thread.
 */
final class RowHeaders {

    private String file = "";
    private byte[] beforeLine = {'@'};

    Header of(RowAddress row) {
        if (!row.file().equals(file)) {
            file = row.file();
            beforeLine = (file + "@").getBytes(StandardCharsets.UTF_8);
        }
        byte[] text = Arrays.copyOf(beforeLine, beforeLine.length + digits(row.line()));
        long rest = row.line();
        for (int place = text.length - 1; place >= beforeLine.length; place--) {
            text[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return new RecordHeader(Headers.ROW, text);
    }

    private static int digits(long line) {
        int digits = 1;
        for (long rest = line / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
