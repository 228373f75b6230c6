package io.tickhub.gateway.web;

import java.util.Locale;

/**
 * Why a request was not answered, as RFC 9457 has it. Immutable.
 *
 * @param type names the kind of problem for programs
 * @param title the kind for people
 * @param status the status of HTTP
 * @param detail one sentence: what failed, and what to do
 */
record Problem(String type, String title, int status, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** Kinds of problems. */
    enum Kind {
        BAD_REQUEST(400, "The request cannot be understood"),
        FOREIGN_HOST(403, "The gateway is not asked by this name"),
        FOREIGN_ORIGIN(403, "This page's scripts may not ask"),
        NOT_FOUND(404, "There is nothing here"),
        UNKNOWN_SYMBOL(404, "There is no such symbol"),
        NO_STATISTICS(404, "There are no statistics yet"),
        METHOD_NOT_ALLOWED(405, "This cannot be done here"),
        TOO_LARGE(413, "The request is too large"),
        TOO_MANY_STREAMS(429, "There are too many streams"),
        FAILED(500, "The gateway failed"),
        NOT_READY(503, "The gateway cannot answer now");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }
    }

    static Problem of(Kind kind, String detail) {
        return new Problem(
                "urn:tickhub:problem:" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                kind.title,
                kind.status,
                detail);
    }

    /** For a status that the web server gave. */
    static Problem of(int status) {
        return switch (status) {
            case 404 ->
                of(Kind.NOT_FOUND, "no page and no part of the interface has this address; see /api/openapi.json");
            case 405 -> of(Kind.METHOD_NOT_ALLOWED, "the interface is only read: use GET");
            case 413 -> of(Kind.TOO_LARGE, "a request has no body here");
            default ->
                status < 500
                        ? of(Kind.BAD_REQUEST, "the request cannot be understood; see /api/openapi.json")
                        : of(Kind.FAILED, "something went wrong here; the gateway's log tells what");
        };
    }
}
