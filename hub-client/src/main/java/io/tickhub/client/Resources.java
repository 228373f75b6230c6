package io.tickhub.client;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what a client owns in reverse order; a failure is logged and does not keep the rest open. For one thread. */
final class Resources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (InterruptedException e) {
                LOG.warn("Interrupted while the client was being closed");
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("A part of the client could not be closed: {}", e.toString());
            }
        }
    }
}
