package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;
import java.util.Collection;
import java.util.Map;

/** Makes sure that symbols have their topics. */
@FunctionalInterface
interface TickTopicMaker {

    /**
     * Creates the symbols' topics unless they exist, and waits for Kafka as long as that takes.
     *
     * @return the topics' names
     * @throws UnusableTopicException if one exists in a form that cannot be used
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Map<Symbol, String> ensure(Collection<Symbol> symbols) throws InterruptedException;
}
