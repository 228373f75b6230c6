package io.tickhub.gateway.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The files of the page, read from the class path at the start. Immutable. */
final class Assets {

    /** The page's own files, beside this class. */
    static final List<String> OWN = List.of(
            "index.html",
            "style.css",
            "app.js",
            "market.js",
            "table.js",
            "spark.js",
            "detail.js",
            "candles.js",
            "status.js",
            "format.js",
            "icon.svg");

    /** The chart library, as the WebJar has it. */
    private static final String CHART = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.esm.min.js";

    private final Map<String, Asset> byPath = new LinkedHashMap<>();

    private record Asset(Supplier<byte[]> content, String type, String tag) {}

    Assets() {
        OWN.forEach(name -> byPath.put("/" + name, read(name)));
        byPath.put("/", read("index.html"));
        byPath.put("/vendor/echarts.js", read(CHART));
    }

    /** Addresses of all files. */
    Iterable<String> paths() {
        return byPath.keySet();
    }

    void serve(Context request) {
        Asset asset = byPath.get(request.path());
        Answers.tagged(request, asset.tag(), asset.type(), asset.content());
    }

    private static Asset read(String name) {
        try (InputStream file = Assets.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the class path has no file " + name + "; the build is not whole");
            }
            byte[] bytes = file.readAllBytes();
            return new Asset(() -> bytes, type(name), tag(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "json" -> "application/json";
            default -> throw new IllegalArgumentException("no type is known for " + name);
        };
    }

    private static String tag(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
