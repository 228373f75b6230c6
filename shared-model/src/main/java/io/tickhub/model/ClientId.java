package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name by which a client owns its subscriptions and its feed: 1 to 64 letters, digits or {@code -}. Immutable.
 *
 * @param name the name, part of topic and group names
 */
public record ClientId(@JsonValue String name) implements Comparable<ClientId> {

    static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** @throws IllegalArgumentException if the name has another form */
    @JsonCreator
    public ClientId {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("a client id is 1 to 64 letters, digits or '-'");
        }
    }

    /** The client of this name, or empty if no client can have it. */
    static Optional<ClientId> parse(String name) {
        return FORM.matcher(name).matches() ? Optional.of(new ClientId(name)) : Optional.empty();
    }

    @Override
    public int compareTo(ClientId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
