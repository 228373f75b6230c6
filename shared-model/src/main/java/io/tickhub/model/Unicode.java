package io.tickhub.model;

/**
 * Tells text that can be written as UTF-8 from text that cannot: an escape in JSON can name half a surrogate pair. Thread safe.
 */
final class Unicode {

    private Unicode() {}

    /** Whether each surrogate stands in a pair. */
    static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i++;
                if (Character.isLowSurrogate(c) || i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
