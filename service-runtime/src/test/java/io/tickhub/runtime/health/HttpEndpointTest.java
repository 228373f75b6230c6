package io.tickhub.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpEndpointTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean live = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() {
        endpoint = new HttpEndpoint("localhost", 0, registry, live::get, ready::get);
        endpoint.start();
    }

    @AfterEach
    void close() {
        endpoint.close();
        client.close();
    }

    @Test
    void aFreePortIsTakenAndTold() throws Exception {
        assertThat(endpoint.port()).isPositive();
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void healthIsAskedAnewEachTime() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        ready.set(true);
        HttpResponse<String> response = get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("UP");
        live.set(false);
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
    }

    @Test
    void metricsAreThoseOfTheRegistry() throws Exception {
        registry.counter("tickhub.some.thing").increment(3);

        assertThat(get("/metrics").body()).contains("tickhub_some_thing_total 3.0");
    }

    @Test
    void aTakenPortIsToldInOneSentenceWithWhatToDo() {
        assertThatThrownBy(() -> new HttpEndpoint("localhost", endpoint.port(), registry, live::get, ready::get))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + endpoint.port())
                .hasMessageContaining("TICKHUB_HTTP_PORT");
    }

    @Test
    void anAddressThatIsNoneIsToldInOneSentenceToo() {
        assertThatThrownBy(() -> new HttpEndpoint("no.such.host.invalid", 0, registry, live::get, ready::get))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void itListensOnTheAddressItWasGivenOnly() throws Exception {
        InetAddress loopback = InetAddress.getByName("localhost");

        assertThat(loopback.isLoopbackAddress()).isTrue();
        assertThat(endpoint.address().isLoopbackAddress()).isTrue();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + endpoint.port() + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
