package io.tickhub.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartTest {

    @Test
    void aStartThatWaitsIsEndedAndLeavesNoInterruptBehind() {
        CountDownLatch waiting = new CountDownLatch(1);
        Start start = new Start(new StartingService(() -> {
            waiting.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while starting", e);
            }
        }));
        CompletableFuture<Boolean> started = CompletableFuture.supplyAsync(() -> {
            boolean result = start.run();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return result;
        });
        await(waiting);

        start.cancel();

        assertThat(started.join()).isFalse();
    }

    @Test
    void whatIsCancelledBeforehandDoesNotStart() {
        Start start = new Start(new StartingService(() -> {
            throw new AssertionError("started");
        }));
        start.cancel();

        assertThat(start.run()).isFalse();
    }

    @Test
    void afterTheStartACancelInterruptsNobody() {
        Start start = new Start(new StartingService(() -> {}));

        assertThat(start.run()).isTrue();
        start.cancel();

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aStartThatFailsTellsWhy() {
        Start start = new Start(new StartingService(() -> {
            throw new IllegalStateException("no broker");
        }));

        assertThatIllegalStateException().isThrownBy(start::run).withMessage("no broker");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private record StartingService(Runnable starting) implements Service {

        @Override
        public void start() {
            starting.run();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public CompletableFuture<Void> ended() {
            return new CompletableFuture<>();
        }

        @Override
        public void stop() {}

        @Override
        public void close() {}
    }
}
