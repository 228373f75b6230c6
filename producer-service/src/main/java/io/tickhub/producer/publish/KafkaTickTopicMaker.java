package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.producer.source.NanoClock;
import io.tickhub.runtime.topic.TopicCreator;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.RetriableException;

/** Makes tick topics in Kafka. Thread safe; does not own the admin client. */
final class KafkaTickTopicMaker implements TickTopicMaker {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final TopicCreator creator;
    private final Topics topics;
    private final Duration retention;
    private final Outage outage;

    KafkaTickTopicMaker(Admin admin, Topics topics, Duration retention, Outage outage) {
        this.creator = new TopicCreator(admin);
        this.topics = topics;
        this.retention = retention;
        this.outage = outage;
    }

    @Override
    public Map<Symbol, String> ensure(Collection<Symbol> symbols) throws InterruptedException {
        Map<Symbol, Topics.Spec> specs = new LinkedHashMap<>();
        symbols.forEach(symbol -> specs.put(symbol, topics.ticks(symbol, retention)));
        while (true) {
            try {
                Map<String, TopicDescription> made = creator.create(specs.values());
                outage.back();
                Map<Symbol, String> names = new LinkedHashMap<>();
                specs.forEach((symbol, spec) -> names.put(symbol, usable(spec, made.get(spec.name()))));
                return names;
            } catch (RetriableException e) {
                outage.away(NanoClock.SYSTEM.nanos(), "topics are to be made");
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    private static String usable(Topics.Spec spec, TopicDescription topic) {
        if (topic.partitions().size() != spec.partitions()) {
            throw new UnusableTopicException(
                    "topic " + spec.name() + " has " + topic.partitions().size()
                            + " partitions; a symbol's topic has one, so that its ticks have an order: delete it, and it is made"
                            + " anew");
        }
        return spec.name();
    }
}
