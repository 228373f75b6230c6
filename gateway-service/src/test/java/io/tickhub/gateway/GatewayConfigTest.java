package io.tickhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.runtime.config.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    @Test
    void servesThisMachineAloneUnlessToldOtherwise() {
        GatewayConfig config = GatewayConfig.fromEnv(Map.of());

        assertThat(config.web().host()).isEqualTo("127.0.0.1");
        assertThat(config.web().port()).isEqualTo(8080);
        assertThat(config.web().origins()).isEmpty();
    }

    @Test
    void allMistakesAreToldTogether() {
        assertThatThrownBy(() ->
                        GatewayConfig.fromEnv(Map.of("TICKHUB_WEB_PORT", "70000", "TICKHUB_WEB_SLOW_AFTER", "never")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TICKHUB_WEB_PORT=70000")
                .hasMessageContaining("TICKHUB_WEB_SLOW_AFTER=never");
    }

    @Test
    void aGatewaySubscribesByANameThatItsRightsCover() {
        assertThat(GatewayService.client("gateway-local").name()).isEqualTo("gateway-local");
        assertThat(GatewayService.client("web.7").name()).isEqualTo("gateway-web-7");
        assertThat(GatewayService.client("x".repeat(100)).name()).hasSize(64);
    }
}
