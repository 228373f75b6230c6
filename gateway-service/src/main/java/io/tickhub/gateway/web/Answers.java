package io.tickhub.gateway.web;

import io.javalin.http.Context;
import io.tickhub.model.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes answers. No state. */
final class Answers {

    private static final String JSON = "application/json";

    private Answers() {}

    /** An answer that is of this moment only. */
    static void json(Context request, Object body) {
        request.header("Cache-Control", "no-store");
        request.contentType(JSON).result(Json.write(body));
    }

    /**
     * An answer that a browser may keep, and ask whether it still holds.
     *
     * @param tag another one for another answer; printable characters without quotes
     * @param body made only if the browser does not have it
     */
    static void tagged(Context request, String tag, Supplier<Object> body) {
        tagged(request, tag, JSON, () -> Json.write(body.get()));
    }

    /** The same, of any type. */
    static void tagged(Context request, String tag, String type, Supplier<byte[]> body) {
        String quoted = "\"" + tag + "\"";
        request.header("Cache-Control", "no-cache");
        request.header("ETag", quoted);
        if (isAmong(quoted, Optional.ofNullable(request.header("If-None-Match")))) {
            request.status(304);
        } else {
            request.contentType(type).result(body.get());
        }
    }

    static void problem(Context request, Problem problem) {
        request.header("Cache-Control", "no-store");
        request.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(Json.write(problem));
    }

    private static boolean isAmong(String tag, Optional<String> known) {
        return known.stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                // A proxy that compresses makes a tag weak.
                .map(found -> found.startsWith("W/") ? found.substring(2) : found)
                .anyMatch(found -> found.equals(tag) || found.equals("*"));
    }
}
