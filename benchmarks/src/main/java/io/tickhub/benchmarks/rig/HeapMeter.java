package io.tickhub.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;

/** How much of its heap a service uses, as its metrics tell. For one thread; owns an HTTP client. */
public final class HeapMeter implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String USED = "jvm_memory_used_bytes{area=\"heap\"";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();

    /** The settings of the service, and that it is to tell its metrics. */
    public Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("TICKHUB_HTTP_PORT", Integer.toString(port));
        return all;
    }

    /**
     * Looks now and then for so long. The least, right after a collection, is about what is needed.
     *
     * @return in megabytes of 2^20 bytes
     */
    public DoubleSummaryStatistics watch(Duration time) throws InterruptedException {
        DoubleSummaryStatistics seen = new DoubleSummaryStatistics();
        long beganNanos = System.nanoTime();
        while (System.nanoTime() - beganNanos < time.toNanos()) {
            Thread.sleep(LOOK);
            seen.accept(used() / 1024 / 1024);
        }
        return seen;
    }

    /**
     * What is left right after a collection of everything, which it asks the service for and which holds it up.
     *
     * @param pid of the service
     * @return in megabytes of 2^20 bytes
     */
    public double alive(long pid) throws InterruptedException {
        if (!Jcmd.run(pid, "GC.run")) {
            throw new IllegalStateException("process %d did not collect its garbage".formatted(pid));
        }
        return used() / 1024 / 1024;
    }

    @Override
    public void close() {
        client.close();
    }

    private double used() throws InterruptedException {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(USED))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("the service does not tell its metrics", e);
        }
    }

    /** Free a moment ago. */
    public static int freePort() {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
