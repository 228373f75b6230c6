package io.tickhub.hub.feed;

/**
 * How much one transaction still has room for. A transaction that takes longer than its timeout is taken away, again and again, so
 * a batch for very many feeds is spread over several. For the worker's thread.
 */
final class Room {

    private long bytes;

    /** @param bytes about as many as can be written in a small part of the transaction timeout */
    Room(long bytes) {
        this.bytes = bytes;
    }

    boolean isUsedUp() {
        return bytes <= 0;
    }

    /** The beginning of a slice that so many copies have room for, but at least one tick; its room is taken. */
    Slice take(Slice slice, int copies) {
        if (copies == 0) {
            return slice;
        }
        Slice taken = slice.within(bytes / copies);
        bytes -= taken.bytes() * copies;
        return taken;
    }
}
