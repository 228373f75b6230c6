package io.tickhub.hub.command;

import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning of a list that fits into a reply, as JSON. For one thread. */
final class JsonPage {

    private static final int ROOM_FOR_THE_REST = 1_024;
    private static final String EMPTY_LIST = "[]";

    private final ByteArrayOutputStream elements = new ByteArrayOutputStream();

    /** Adds an element that is JSON, unless it does not fit any more; the first always does. */
    boolean add(byte[] json) {
        boolean fits = elements.size() == 0 || elements.size() + json.length + ROOM_FOR_THE_REST <= Reply.MAX_BYTES;
        if (fits) {
            if (elements.size() > 0) {
                elements.write(',');
            }
            elements.writeBytes(json);
        }
        return fits;
    }

    /**
     * The JSON of a reply that holds them.
     *
     * @param reply its list is empty and no text before it holds {@code []}
     */
    byte[] in(Reply reply) {
        String json = new String(Json.write(reply), StandardCharsets.UTF_8);
        int inside = json.indexOf(EMPTY_LIST) + 1;
        ByteArrayOutputStream whole = new ByteArrayOutputStream(json.length() + elements.size());
        whole.writeBytes(json.substring(0, inside).getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(elements.toByteArray());
        whole.writeBytes(json.substring(inside).getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }
}
