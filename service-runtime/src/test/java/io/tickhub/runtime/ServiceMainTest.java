package io.tickhub.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.runtime.config.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceMainTest {

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void aServiceThatEndsIsClosedAndTheCodeIsZero() {
        FakeService service = new FakeService();
        service.ended.complete(null);

        assertThat(run(service)).isZero();
        assertThat(service.closed).isTrue();
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aServiceWhoseThreadDiedIsClosedAndTheCodeIsOne() {
        FakeService service = new FakeService();
        service.ended.completeExceptionally(new IllegalStateException("worker died"));

        assertThat(run(service)).isEqualTo(1);
        assertThat(service.closed).isTrue();
    }

    @Test
    void aServiceThatCannotStartIsClosedAndSaysWhy() {
        FakeService service = new FakeService();
        service.startFailure = new KafkaException("no Kafka broker answers at localhost:1");

        assertThat(run(service)).isEqualTo(1);
        assertThat(service.closed).isTrue();
        assertThat(errors.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("hub: no Kafka broker answers at localhost:1");
    }

    @Test
    void everyMistakeOfTheConfigurationStandsOnALineAndTheCodeIsTwo() {
        int code = ServiceMain.run(
                "hub",
                env -> {
                    throw new ConfigurationException(List.of("A=1: must be 2", "B=x: must be a number"));
                },
                Map.of(),
                new PrintStream(errors, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8).lines().map(String::strip))
                .containsExactly("hub: the configuration cannot be used:", "A=1: must be 2", "B=x: must be a number");
    }

    @Test
    void aWrongPropertyOfAKafkaClientIsAMistakeOfTheConfigurationToo() {
        int code = ServiceMain.run(
                "hub",
                env -> {
                    throw new KafkaException(
                            "Failed to construct",
                            new ConfigException("security.protocol", "SSSL", "no such protocol"));
                },
                Map.of(),
                new PrintStream(errors, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("security.protocol", "no such protocol");
    }

    private int run(Service service) {
        return ServiceMain.run("hub", env -> service, Map.of(), new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private static final class FakeService implements Service {

        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private RuntimeException startFailure;
        private boolean closed;

        @Override
        public void start() {
            if (startFailure != null) {
                throw startFailure;
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public CompletableFuture<Void> ended() {
            return ended;
        }

        @Override
        public void stop() {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
