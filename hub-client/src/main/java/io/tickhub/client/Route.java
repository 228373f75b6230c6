package io.tickhub.client;

import io.tickhub.model.ClientId;
import io.tickhub.model.Topics;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Where a client's commands go, and where the replies to them come. Immutable.
 *
 * @param commands the topic for all its commands but those of administrators
 * @param replies the partition from which it reads
 */
record Route(String commands, TopicPartition replies) {

    /**
     * The client's own topics if it has them, else those of all.
     *
     * @param partitions how many partitions a topic has, 0 if it does not exist
     * @throws NotAllowedException if the user of Kafka may use neither
     * @throws NoHubException if there are neither
     */
    static Route of(ClientId client, Topics topics, ToIntFunction<Topics.Spec> partitions) {
        Topics.Spec own = topics.commands(client);
        if (isThere(own, partitions)) {
            return new Route(
                    own.name(), new TopicPartition(topics.replies(client).name(), 0));
        }
        int replies;
        try {
            replies = partitions.applyAsInt(topics.replies());
        } catch (TopicAuthorizationException e) {
            throw new NotAllowedException(
                    "Kafka allows this user neither the topics of client " + client
                            + " nor those of all; a user that was "
                            + "made for one client connects by that client's name (on the command line: --client)",
                    e);
        }
        if (replies == 0) {
            throw NoHubException.missing(topics.replies());
        }
        return new Route(
                topics.commands().name(),
                new TopicPartition(
                        topics.replies().name(), ThreadLocalRandom.current().nextInt(replies)));
    }

    /** Of a topic that it may not use, a user does not even learn whether it is there. */
    private static boolean isThere(Topics.Spec topic, ToIntFunction<Topics.Spec> partitions) {
        try {
            return partitions.applyAsInt(topic) > 0;
        } catch (TopicAuthorizationException notIts) {
            return false;
        }
    }
}
