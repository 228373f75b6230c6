package io.tickhub.runtime.worker;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker itself has committed, against a group coordinator that has forgotten some of it: Kafka 4.3.1 can answer with an old
 * offset after its broker was killed and started again. To read from there would be to write twice. It tells something only of partitions that nobody
 * else has owned since: another owner may rightly commit less, as a hub does whose first subscriber wants what was before. For the worker's thread.
 */
final class OwnCommits {

    private static final Logger LOG = LoggerFactory.getLogger(OwnCommits.class);

    private final Map<TopicPartition, Commit> last = new HashMap<>();

    private record Commit(Optional<String> topicId, long nextOffset) {}

    /** Keeps an offset whose transaction has been committed. */
    void add(TopicPartition partition, Optional<String> topicId, long nextOffset) {
        last.put(partition, new Commit(topicId, nextOffset));
    }

    /** Forgets what was committed of these partitions. */
    void remove(Collection<TopicPartition> partitions) {
        partitions.forEach(last::remove);
    }

    /** The offset that the group's coordinator tells or, if that is greater, the one that this worker committed itself. */
    OptionalLong correct(TopicPartition partition, Optional<String> topicId, OptionalLong told) {
        Commit own = last.get(partition);
        if (own == null || !own.topicId().equals(topicId) || own.nextOffset() <= told.orElse(-1)) {
            return told;
        }
        LOG.warn(
                "The group's coordinator tells offset {} of {}, but {} was committed here: going on from there",
                told.isPresent() ? told.getAsLong() : "none",
                partition,
                own.nextOffset());
        return OptionalLong.of(own.nextOffset());
    }
}
