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

    /** The files of a folder, which are not there yet. */
    static Originals in(Path folder) {
        return new Originals(folder.resolve("values.txt"), folder.resolve("records.txt"));
    }

    /** Reads the topics of the symbols and writes the files, which the caller deletes. */
    void take(KafkaConfig kafka, List<Symbol> symbols) {
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
        List<String> inTurns = new ArrayList<>();
        while (byTopic.values().stream().noneMatch(Deque::isEmpty)) {
            byTopic.values().forEach(last -> inTurns.add(last.removeFirst()));
        }
        try {
            Files.write(values, inTurns.stream().map(Originals::value).toList());
            Files.write(records, inTurns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The records of a file, ready to be sent.
     *
     * @param together how many of one symbol follow each other
     */
    static List<ProducerRecord<byte[], byte[]>> read(Path records, Topics topics, int together) throws IOException {
        Map<String, List<ProducerRecord<byte[], byte[]>>> bySymbol = new LinkedHashMap<>();
        for (String line : Files.readAllLines(records)) {
            String[] parts = line.split("\t", -1);
            bySymbol.computeIfAbsent(parts[0], unused -> new ArrayList<>())
                    .add(new ProducerRecord<>(
                            topics.ticks(new Symbol(parts[0])).name(),
                            0,
                            bytes(parts[0]),
                            bytes(parts[3]),
                            List.<Header>of(new RecordHeader(parts[1], bytes(parts[2])))));
        }
        int ofEach = bySymbol.values().iterator().next().size();
        List<ProducerRecord<byte[], byte[]>> inOrder = new ArrayList<>();
        for (int from = 0; from < ofEach; from += together) {
            int to = Math.min(ofEach, from + together);
            for (List<ProducerRecord<byte[], byte[]>> each : bySymbol.values()) {
                inOrder.addAll(each.subList(from, to));
            }
        }
        return inOrder;
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
