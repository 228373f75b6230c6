package io.tickhub.gateway.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The description of the interface in OpenAPI, as it stands in the class path. Immutable. */
public final class Description {

    private final byte[] document;

    public Description() {
        try (InputStream file = Description.class.getResourceAsStream("openapi.json")) {
            document = file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document: JSON in UTF-8. */
    public byte[] document() {
        return document.clone();
    }

    void serve(Context request) {
        Answers.tagged(request, Integer.toHexString(Arrays.hashCode(document)), "application/json", this::document);
    }
}
