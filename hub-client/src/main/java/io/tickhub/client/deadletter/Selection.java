package io.tickhub.client.deadletter;

import java.util.Set;
import java.util.function.Predicate;

/** Which open dead letters are meant. Immutable. */
public sealed interface Selection {

    /** Those of these numbers. */
    record Numbers(Set<Long> numbers) implements Selection {

        /** @throws IllegalArgumentException if a number is below 0 */
        public Numbers {
            numbers = Set.copyOf(numbers);
            if (numbers.stream().anyMatch(number -> number < 0)) {
                throw new IllegalArgumentException("the number of a dead letter is 0 or more");
            }
        }
    }

    /** All that fulfil a condition. */
    record All(Predicate<DeadLetter> wanted) implements Selection {}

    /** Whether a letter is one of those meant. */
    default boolean contains(DeadLetter letter) {
        return switch (this) {
            case Numbers chosen -> chosen.numbers().contains(letter.number());
            case All all -> all.wanted().test(letter);
        };
    }
}
