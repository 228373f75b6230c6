package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tickhub.gateway.web.Description;
import io.tickhub.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A program that talks HTTP with a gateway, and holds each answer against the gateway's own description. */
final class Web implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String host;

    private Web(String host, String base) {
        this.host = host;
        this.base = base;
    }

    static Web of(int port) {
        return new Web("127.0.0.1:" + port, "http://127.0.0.1:" + port);
    }

    /** @param headers names and values, in turn */
    HttpResponse<String> get(String path, String... headers) {
        try {
            return client.send(request(path, headers).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + path, e);
        }
    }

    /** The answer, which must have this form in the description. */
    Map<?, ?> json(String path, String form) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return checked(response.body(), form);
    }

    /** The problem that a request is answered with. */
    Map<?, ?> problem(int status, String path, String... headers) {
        HttpResponse<String> response = get(path, headers);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return checked(response.body(), "Problem");
    }

    static Map<?, ?> checked(String json, String form) {
        Map<?, ?> value = Json.read(json.getBytes(StandardCharsets.UTF_8), Map.class);
        String components = Json.writeLine(
                Json.read(new Description().document(), Map.class).get("components"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        "{\"$ref\":\"#/components/schemas/" + form + "\",\"components\":" + components + "}",
                        InputFormat.JSON);
        assertThat(schema.validate(json, InputFormat.JSON))
                .as("%s as %s", json, form)
                .isEmpty();
        return value;
    }

    /** Opens a live stream. */
    EventStream stream(String query, String... headers) {
        return EventStream.open(client, request("/api/stream?" + query, headers).build());
    }

    WebSocket socket(WebSocket.Listener listener) {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + host + "/api/socket"), listener)
                .join();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
