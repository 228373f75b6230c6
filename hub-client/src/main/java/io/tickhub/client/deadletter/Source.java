package io.tickhub.client.deadletter;

import java.time.Instant;

/** Where the original of a dead letter came from. Immutable. */
public sealed interface Source {

    /** The topic; of a row the one for which it was meant, or its file where that is not known. */
    String topic();

    /**
     * A record of a topic.
     *
     * @param appended when it arrived there
     */
    record Stored(String topic, int partition, long offset, Instant appended) implements Source {

        /** {@code TOPIC@OFFSET}, with the partition where that is another than 0. */
        @Override
        public String toString() {
            return partition == 0 ? topic + "@" + offset : topic + "-" + partition + "@" + offset;
        }
    }

    /**
     * A row of a file.
     *
     * @param row {@code FILE@LINE}
     */
    record Row(String topic, String row) implements Source {

        @Override
        public String toString() {
            return row;
        }
    }
}
