package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;

/** Makes sure that a symbol has its topic. */
@FunctionalInterface
interface TickTopicMaker {

    /**
     * Creates the symbol's topic unless it exists, and waits for Kafka as long as that takes.
     *
     * @return the topic's name
     * @throws UnusableTopicException if it exists in a form that cannot be used
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    String ensure(Symbol symbol) throws InterruptedException;
}
