package io.tickhub.client.deadletter;

import io.tickhub.model.Headers;
import io.tickhub.model.Original;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Decides whether a letter's original may be sent again, and as which record. For one thread. */
final class ReplayRoute {

    /** A letter whose original has failed so often stays: replaying it again would only turn in a circle. */
    static final int MOST_FAILURES = 3;

    private final Topics topics;
    private final Function<String, OptionalInt> partitions;
    private final Map<String, OptionalInt> known = new HashMap<>();

    /** @param partitions how many partitions a topic has; empty if it does not exist */
    ReplayRoute(Topics topics, Function<String, OptionalInt> partitions) {
        this.topics = topics;
        this.partitions = partitions;
    }

    /** Why the letter cannot be replayed, and what to do; empty if it can. */
    Optional<String> refusal(DeadLetter letter) {
        return switch (letter.source()) {
            case Source.Row row ->
                Optional.of(
                        "it is the row " + row.row() + " of a file, not a record: put the mended rows, with the"
                                + " header, into a file of another name, replay that with 'tickhub replay', then drop the letter");
            case Source.Stored record -> refusal(letter, record);
        };
    }

    /** The original as it was, but for the header that counts its failures. Only for a letter that is not refused. */
    ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        if (!(letter.source() instanceof Source.Stored source)) {
            throw new IllegalArgumentException("letter " + letter.number() + " is a row's");
        }
        List<Header> headers = new ArrayList<>(letter.originalHeaders());
        headers.removeIf(header -> header.key().equals(Headers.FAILURES));
        headers.add(new RecordHeader(
                Headers.FAILURES, Integer.toString(letter.failures()).getBytes(StandardCharsets.UTF_8)));
        return new ProducerRecord<>(
                source.topic(),
                source.partition(),
                letter.key().orElse(null),
                letter.value().orElse(null),
                headers);
    }

    private Optional<String> refusal(DeadLetter letter, Source.Stored source) {
        String topic = source.topic();
        boolean isTick = topics.symbol(topic).isPresent();
        if (topic.equals(topics.adminCommands().name())) {
            return Optional.of("it is an administrator's command, which must not come late: give it anew, and drop the"
                    + " letter");
        }
        boolean isCommand = topic.equals(topics.commands().name())
                || topics.clientOfCommands(topic).isPresent();
        if (!isTick && !isCommand) {
            return Optional.of("topic " + topic + " holds neither ticks nor commands of this system: drop the letter");
        }
        if (letter.failures() >= MOST_FAILURES) {
            return Optional.of("it has failed " + letter.failures()
                    + " times: publish what was meant by hand, and drop the letter");
        }
        if (letter.original() == Original.CUT_SHORT) {
            return Optional.of(
                    "it holds the beginning of the record only: publish the record anew, and drop the letter");
        }
        OptionalInt found = known.computeIfAbsent(topic, partitions);
        if (found.isEmpty()) {
            return Optional.of("topic " + topic + " does not exist any more: create it, or drop the letter");
        }
        if (isTick && found.getAsInt() != 1) {
            return Optional.of("topic " + topic + " has " + found.getAsInt()
                    + " partitions, and a tick topic has one: create it anew, or drop the letter");
        }
        if (source.partition() < 0 || source.partition() >= found.getAsInt()) {
            return Optional.of("topic " + topic + " has no partition " + source.partition() + ": drop the letter");
        }
        return Optional.empty();
    }
}
