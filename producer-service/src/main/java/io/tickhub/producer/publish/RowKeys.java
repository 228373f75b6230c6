package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.producer.source.SourceItem;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the records of a source belong. Publishing and resuming both ask here, so that they agree: all records with one topic and
 * one key lie in one partition, in the order of their rows. Used by one thread.
 */
final class RowKeys {

    private static final int REMEMBERED = 10_000;

    private final Topics topics;
    private final Map<Symbol, String> tickTopics = new HashMap<>();

    RowKeys(Topics topics) {
        this.topics = topics;
    }

    String tickTopic(Symbol symbol) {
        if (tickTopics.size() > REMEMBERED) {
            tickTopics.clear();
        }
        return tickTopics.computeIfAbsent(symbol, key -> topics.ticks(key).name());
    }

    /** The key of a bad row's dead letter: the topic for which it was meant, or its file where that is not known. */
    String deadLetterKey(SourceItem.Bad bad) {
        return bad.symbol().map(this::tickTopic).orElse(bad.address().file());
    }
}
