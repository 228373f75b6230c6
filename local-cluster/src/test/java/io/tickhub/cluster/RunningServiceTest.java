package io.tickhub.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Role;
import io.tickhub.runtime.Service;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RunningServiceTest {

    private final FakeService service = new FakeService();
    private final RunningService running = new RunningService(Role.HUB, service, Runnable::run);

    @Test
    void isClosedOnceItHasEnded() {
        service.ended.complete(null);

        assertThat(running.gone()).isCompleted();
        running.close();
        assertThat(service.closes).isEqualTo(1);
    }

    @Test
    void tellsThatItDied() {
        service.ended.completeExceptionally(new IllegalStateException("the disk is full"));

        assertThatThrownBy(() -> running.gone().join())
                .hasRootCauseMessage("the disk is full")
                .cause()
                .isInstanceOf(ServiceFailedException.class)
                .hasMessage("the hub has died: the disk is full");
    }

    @Test
    void tellsThatItDidNotStart() {
        service.startFailure = new IllegalStateException("topic ticks.A_B collides with ticks.A.B");

        assertThatThrownBy(running::start)
                .isInstanceOf(ServiceFailedException.class)
                .hasMessage("the hub did not start: topic ticks.A_B collides with ticks.A.B");
    }

    private static final class FakeService implements Service {

        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private RuntimeException startFailure = new IllegalStateException("not to be started");
        private int closes;

        @Override
        public void start() {
            throw startFailure;
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
        public void stop() {
            ended.complete(null);
        }

        @Override
        public void close() {
            closes++;
        }
    }
}
