package io.tickhub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.runtime.config.ConfigurationException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HubServiceTest {

    @Test
    void aHubThatWasNeverStartedLeavesNoThreadBehindWhenItIsClosedTwice() throws Exception {
        Set<Thread> before = threads();
        HubService hub = new HubService(HubConfig.fromEnv(Map.of(
                "TICKHUB_BOOTSTRAP_SERVERS", "localhost:1",
                "TICKHUB_INSTANCE", "hub-under-test",
                "TICKHUB_HTTP_PORT", "0")));

        assertThat(hub.isReady()).isFalse();
        hub.close();
        hub.close();

        for (Thread thread : threads()) {
            if (!before.contains(thread) && thread.getName().contains("hub-under-test")) {
                thread.join(20_000);
                assertThat(thread.isAlive()).as("thread %s", thread.getName()).isFalse();
            }
        }
    }

    @Test
    void aHubTellsAllMistakesOfItsConfigurationTogether() {
        assertThatThrownBy(() -> HubConfig.fromEnv(Map.of("TICKHUB_HUB_WORKERS", "0", "TICKHUB_HTTP_PORT", "http")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TICKHUB_HUB_WORKERS")
                .hasMessageContaining("TICKHUB_HTTP_PORT");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toCollection(HashSet::new));
    }
}
