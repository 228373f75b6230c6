package io.tickhub.it;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Headers as text. */
final class HeaderText {

    private HeaderText() {}

    /** The text of the first header of this name, in a dead letter that is ours; empty if the record has none. */
    static String of(ConsumerRecord<byte[], byte[]> record, String name) {
        for (Header header : record.headers().headers(name)) {
            return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        }
        return "";
    }
}
