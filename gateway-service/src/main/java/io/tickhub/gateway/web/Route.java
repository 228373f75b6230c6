package io.tickhub.gateway.web;

import java.util.Arrays;
import java.util.List;

/** The interface: every address below {@code /api}, and how the description writes it. */
public enum Route {
    SYMBOLS("/api/symbols"),
    ALL_STATISTICS("/api/stats"),
    STATISTICS("/api/stats/<symbol>"),
    TICKS("/api/ticks"),
    BARS("/api/bars/<symbol>"),
    SERVICES("/api/services"),
    STREAM("/api/stream"),
    SOCKET("/api/socket"),
    DESCRIPTION("/api/openapi.json");

    private final String path;

    Route(String path) {
        this.path = path;
    }

    /** For the web server; a symbol may hold a slash. */
    String path() {
        return path;
    }

    /** In OpenAPI. */
    public String described() {
        return path.replace('<', '{').replace('>', '}');
    }

    /** All of them, in OpenAPI. */
    public static List<String> allDescribed() {
        return Arrays.stream(values()).map(Route::described).toList();
    }
}
