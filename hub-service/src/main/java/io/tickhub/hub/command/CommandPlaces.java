package io.tickhub.hub.command;

import io.tickhub.model.ClientId;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Topics;
import io.tickhub.runtime.topic.CommandTopics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Where the commands of a client belong, so that two hubs never decide about the same client: in its own topic if it has one, else in
 * the partition of its id. Thread safe.
 */
final class CommandPlaces {

    private final Topics topics;
    private final Supplier<CommandTopics> own;

    /** @param own the clients' own topics as they are known at the moment */
    CommandPlaces(Topics topics, Supplier<CommandTopics> own) {
        this.topics = topics;
        this.own = own;
    }

    /** The one partition in which a client's commands belong. */
    TopicPartition of(ClientId client) {
        return hasOwn(client)
                ? new TopicPartition(topics.commands(client).name(), 0)
                : new TopicPartition(topics.commands().name(), sharedPartition(client));
    }

    /** Whether a client has a topic for its own commands alone. */
    boolean hasOwn(ClientId client) {
        return own.get().find(client).isPresent();
    }

    /** Whether a client's commands belong in a partition, or did so until its topic was deleted. */
    boolean isOf(ClientId client, TopicPartition partition) {
        return of(client).equals(partition)
                || topics.clientOfCommands(partition.topic()).equals(Optional.of(client));
    }

    /** Refuses a command that stands elsewhere. */
    void require(Request request, ClientId client) throws Rejected {
        TopicPartition right = of(client);
        if (!request.record().topic().equals(right.topic())) {
            throw new Rejected(ErrorCode.WRONG_TOPIC, "this command belongs on " + right.topic());
        }
        if (request.record().partition() != right.partition()) {
            throw new Rejected(
                    ErrorCode.WRONG_TOPIC,
                    "the commands of client " + client + " belong in partition " + right.partition()
                            + ": give the record the client id as key and use the default (murmur2) partitioner");
        }
    }

    /** As Kafka's default partitioner chooses it by the key. */
    private int sharedPartition(ClientId client) {
        byte[] key = client.name().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % topics.commands().partitions();
    }
}
