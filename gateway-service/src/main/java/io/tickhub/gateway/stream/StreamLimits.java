package io.tickhub.gateway.stream;

import java.util.HashMap;
import java.util.Map;

/** How many streams there are, in all and of each address, and how many there may be. Thread safe. */
public final class StreamLimits {

    private final Most most;
    private final Map<String, Integer> streamsByAddress = new HashMap<>();
    private int streams;

    /**
     * The limits. Immutable.
     *
     * @param streams at a time
     * @param streamsPerAddress at a time, of one network address
     * @param symbols that one stream or request may name
     */
    public record Most(int streams, int streamsPerAddress, int symbols) {}

    /** The right to one stream, until it is closed. */
    public final class Permit implements AutoCloseable {

        private final String address;
        private boolean open = true;

        private Permit(String address) {
            this.address = address;
        }

        @Override
        public void close() {
            synchronized (StreamLimits.this) {
                if (open) {
                    open = false;
                    streams--;
                    streamsByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }

    public StreamLimits(Most most) {
        this.most = most;
    }

    public Most most() {
        return most;
    }

    /** How many there are. */
    public synchronized int streams() {
        return streams;
    }

    /** @throws TooManyStreamsException if there are too many, in all or of this address */
    public synchronized Permit take(String address) {
        if (streams >= most.streams()) {
            throw new TooManyStreamsException(
                    "this gateway serves " + most.streams() + " streams at a time, and all are taken; try again later");
        }
        if (streamsByAddress.getOrDefault(address, 0) >= most.streamsPerAddress()) {
            throw new TooManyStreamsException("one address may have " + most.streamsPerAddress()
                    + " streams at a time; close one, or name all symbols in one stream");
        }
        streams++;
        streamsByAddress.merge(address, 1, Integer::sum);
        return new Permit(address);
    }
}
