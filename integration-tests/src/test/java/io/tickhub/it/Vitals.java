package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.cluster.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a service process is: its metrics over HTTP, what of its heap is alive, what it logged. Thread safe; owns nothing. */
final class Vitals {

    /** The setting that makes a service serve its metrics, on a port that is free. */
    static final String[] SERVED = {"TICKHUB_HTTP_PORT", "0"};

    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);
    private static final Pattern SERVED_ON = Pattern.compile("Metrics and health on (http://\\S+)");
    private static final int MEGABYTE = 1024 * 1024;

    private final ServiceProcess process;
    private final HttpClient http = HttpClient.newHttpClient();

    private Vitals(ServiceProcess process) {
        this.process = process;
    }

    /** Of a process that was started with {@link #SERVED} and runs. */
    static Vitals of(ServiceProcess process) {
        return new Vitals(process);
    }

    /** The sum of a metric over all its tags; 0 if there is none yet. */
    double metric(String name) {
        return metric(name, "");
    }

    /** The sum of a metric over those of its tags that hold a text, such as {@code group="hub"}. */
    double metric(String name, String tag) {
        return scrape().lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Shows that it lives and that, after a collection, no more of its heap is taken than this. */
    void assertHeapBelow(int megabytes) {
        assertThat(process.isAlive())
                .as("%s lives; see %s", process.name(), process.log())
                .isTrue();
        double usedBefore = heapUsed();
        collect();
        double used = heapUsed();
        LOG.info(
                "{}: {} MB of the heap are alive, {} MB were taken before the collection",
                process.name(),
                (long) used / MEGABYTE,
                (long) usedBefore / MEGABYTE);
        assertThat(used / MEGABYTE).as("heap of %s in MB", process.name()).isLessThan(megabytes);
    }

    /** The lines of its log that hold a text. */
    List<String> logged(String text) {
        return log().lines().filter(line -> line.contains(text)).toList();
    }

    private double heapUsed() {
        return scrape().lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void collect() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process collecting = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(collecting.waitFor(20, TimeUnit.SECONDS))
                    .as("jcmd has ended")
                    .isTrue();
            assertThat(collecting.exitValue()).as("exit code of jcmd").isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether it says that it does its work now. */
    boolean isReady() {
        return get("/health/ready").statusCode() == 200;
    }

    private String scrape() {
        return get("/metrics").body();
    }

    private HttpResponse<String> get(String path) {
        String address = SERVED_ON
                .matcher(log())
                .results()
                .reduce((first, second) -> second)
                .map(found -> found.group(1))
                .orElseThrow(() -> new AssertionError(process.name() + " serves no metrics; see " + process.log()));
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no answer to " + path + " of " + process.name() + "; see " + process.log(), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String log() {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
