package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;

/**
 * The name of a traded instrument, such as {@code AAPL}, {@code BTC-USD} or {@code EUR/USD}: 1 to 64 bytes of UTF-8 without
 * control characters. Immutable.
 *
 * @param name the name as exchanges write it
 */
public record Symbol(@JsonValue String name) implements Comparable<Symbol> {

    /** The longest symbol, in bytes of UTF-8. */
    public static final int MAX_BYTES = 64;

    /** No instrument: stands for all symbols in SUBSCRIBE and UNSUBSCRIBE. */
    public static final Symbol ALL = new Symbol("*");

    /**
     * @throws IllegalArgumentException if the name is empty, longer than {@value #MAX_BYTES} bytes, holds a control character
     *     or is not valid Unicode
     */
    @JsonCreator
    public Symbol {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a symbol must not be empty");
        }
        // The length first: an error message must not repeat a megabyte.
        if (name.length() > MAX_BYTES || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("a symbol has at most " + MAX_BYTES + " bytes");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                throw new IllegalArgumentException("a symbol must not contain control characters");
            }
        }
        if (!Unicode.isValid(name)) {
            throw new IllegalArgumentException("a symbol must be valid Unicode");
        }
    }

    /** The key of the symbol's records. */
    public byte[] toBytes() {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Symbol other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
