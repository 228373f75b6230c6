package io.tickhub.gateway.tape;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a feed of the gateway: the {@code id} of an event, by which a browser resumes. Immutable.
 *
 * @param feed which one of the gateway's feeds: the number at the end of its topic's name, which is never used again
 * @param offset the offset in it
 */
public record Place(long feed, long offset) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):(\\d{1,18})");

    /** @throws IllegalArgumentException if the text is no {@link #text} of a place */
    public static Place parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("an event's id has the form FEED:OFFSET, two whole numbers");
        }
        return new Place(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
    }

    /** As a browser gets it and gives it back. */
    public String text() {
        return feed + ":" + offset;
    }

    /** Whether the other one lies in the same feed, here or before. */
    boolean isAtOrAfter(Place other) {
        return feed == other.feed && offset >= other.offset;
    }
}
