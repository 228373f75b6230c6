package io.tickhub.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Tells UTF-8 from other bytes, and text that can be written as UTF-8 from text that cannot: an escape in JSON can name half a
 * surrogate pair. Thread safe.
 */
final class Unicode {

    private Unicode() {}

    /** Whether the bytes are UTF-8; costs next to nothing where all of them are ASCII. */
    static boolean isUtf8(byte[] bytes) {
        int anyBit = 0;
        for (byte b : bytes) {
            anyBit |= b;
        }
        if (anyBit >= 0) {
            return true;
        }
        try {
            var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

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
