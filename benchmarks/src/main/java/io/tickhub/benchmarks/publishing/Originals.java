package io.tickhub.benchmarks.publishing;

import io.tickhub.benchmarks.rig.TopicContents;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What the producer service has written, in files, for others to write the same bytes: the last records of each symbol, the symbols in
 * turns. Owns nothing; immutable.
 *
 * @param values one on a line, for Kafka's own tool, which writes nothing else: with blanks in the place of key and header, so that records are equally long
 * @param records symbol, name and value of the header, and value, with tabs between them
 */
record Originals(Path values, Path records) {

    private static final int RECORDS = 100_000;

    /** Reads the topics of the symbols and writes the files, which the caller deletes. */
    static Originals take(KafkaConfig kafka, List<Symbol> symbols, Path folder) {
        Map<String, Deque<String>> byTopic = new LinkedHashMap<>();
        symbols.forEach(symbol -> byTopic.put(kafka.topics().ticks(symbol).name(), new ArrayDeque<>()));
        int ofEach = RECORDS / symbols.size();
        TopicContents.read(kafka, byTopic.keySet(), record -> {
            Deque<String> last = byTopic.get(record.topic());
            if (last.size() == ofEach) {
                last.removeFirst();
            }
            last.addLast(line(record));
        });
        List<String> records = new ArrayList<>();
        while (byTopic.values().stream().noneMatch(Deque::isEmpty)) {
            byTopic.values().forEach(last -> records.add(last.removeFirst()));
        }
        try {
            return new Originals(
                    Files.write(
                            folder.resolve("values.txt"),
                            records.stream().map(Originals::value).toList()),
                    Files.write(folder.resolve("records.txt"), records));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records of a file, ready to be sent. */
    static List<ProducerRecord<byte[], byte[]>> read(Path records, Topics topics) throws IOException {
        return Files.readAllLines(records).stream()
                .map(line -> line.split("\t", -1))
                .map(parts -> new ProducerRecord<>(
                        topics.ticks(new Symbol(parts[0])).name(),
                        0,
                        bytes(parts[0]),
                        bytes(parts[3]),
                        List.<Header>of(new RecordHeader(parts[1], bytes(parts[2])))))
                .toList();
    }

    private static String line(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().iterator().next();
        return String.join("\t", text(record.key()), header.key(), text(header.value()), text(record.value()));
    }

    private static String value(String record) {
        int valueAt = record.lastIndexOf('\t') + 1;
        return record.substring(valueAt) + " ".repeat(valueAt);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
