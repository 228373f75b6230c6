package io.tickhub.runtime.topic;

import io.tickhub.model.ClientId;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The topics of commands in the cluster at one moment that belong to a single client each. Immutable.
 *
 * @param version another number after each change
 * @param byClient every client that has a command topic of its own, in order
 */
public record CommandTopics(long version, SortedMap<ClientId, CommandTopic> byClient) {

    /**
     * One client's topic.
     *
     * @param name the topic
     * @param topicId Kafka's id of the topic; another one after the topic was deleted and made again
     * @param partitions its number of partitions; only a topic with one can be served
     */
    public record CommandTopic(String name, String topicId, int partitions) {

        /** Whether one hub at a time reads all that the client commands. */
        public boolean isUsable() {
            return partitions == 1;
        }
    }

    /** The topic of a client, if it has its own. */
    public Optional<CommandTopic> find(ClientId client) {
        return Optional.ofNullable(byClient.get(client));
    }
}
