package io.tickhub.benchmarks.peer;

import io.tickhub.model.Symbol;
import java.util.HashMap;
import java.util.Map;

/** The first feed of each tick topic's symbol, remembered. For one thread. */
final class FeedNames {

    private final FeedPlan plan;
    private final Map<String, String> feedByTopic = new HashMap<>();

    FeedNames(FeedPlan plan) {
        this.plan = plan;
    }

    String first(String tickTopic) {
        return feedByTopic.computeIfAbsent(tickTopic, topic -> {
            Symbol symbol = plan.topics().symbol(topic).orElseThrow();
            return plan.feeds(symbol).getFirst().name();
        });
    }
}
