package io.tickhub.model;

/**
 * What the ids of one source's ticks of one symbol tell, where they are whole numbers that count up. Each is compared with the one
 * before it. Immutable.
 *
 * @param last id of the newest tick by offset
 * @param gaps how often a number came that was more than one higher
 * @param missing how many numbers these gaps left out, at most 2^63 - 1
 * @param repeats how often the same number came again
 * @param backward how often a lower number came: ticks out of order, or a source that begins again
 */
public record SourceIds(long last, long gaps, long missing, long repeats, long backward) {

    /** After the first tick. */
    public static SourceIds first(long id) {
        return new SourceIds(id, 0, 0, 0, 0);
    }

    /** After one more tick. */
    public SourceIds next(long id) {
        if (id == last + 1) {
            return upTo(id);
        }
        if (id > last) {
            // Anybody may write any numbers: the sum stays at the highest rather than to turn negative.
            long all = missing + (id - last - 1);
            return new SourceIds(id, gaps + 1, all < missing ? Long.MAX_VALUE : all, repeats, backward);
        }
        return id == last
                ? new SourceIds(id, gaps, missing, repeats + 1, backward)
                : new SourceIds(id, gaps, missing, repeats, backward + 1);
    }

    /** After some more ticks, each with the number after the one before it. */
    public SourceIds upTo(long id) {
        return new SourceIds(id, gaps, missing, repeats, backward);
    }
}
