package io.tickhub.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @Test
    void kafkaReadsItsProperties() {
        Login login = new Login("alice", "se=cret; with $ and #");

        Map<String, String> properties = login.properties(SecurityProtocol.SASL_PLAINTEXT);

        assertThat(properties)
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        Map<String, ?> options = JaasContext.loadClientContext(Map.of(
                        SaslConfigs.SASL_JAAS_CONFIG, new Password(properties.get(SaslConfigs.SASL_JAAS_CONFIG))))
                .configurationEntries()
                .get(0)
                .getOptions();
        assertThat(options.get("username")).isEqualTo("alice");
        assertThat(options.get("password")).isEqualTo("se=cret; with $ and #");
        assertThat(Login.from(properties)).contains(login);
    }

    @Test
    void isNotTheSameTwiceAndIsNotShown() {
        Login login = Login.generated("alice");

        assertThat(login.password())
                .hasSize(32)
                .isNotEqualTo(Login.generated("alice").password());
        assertThat(login.toString()).doesNotContain(login.password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a\\b", "a\nb", "a'b"})
    void refusesWhatCouldEndAConfiguration(String password) {
        assertThatThrownBy(() -> new Login("alice", password)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsNoOtherConfiguration() {
        assertThat(Login.from(Map.of())).isEmpty();
        assertThat(Login.from(Map.of(SaslConfigs.SASL_JAAS_CONFIG, "com.example.Module required;")))
                .isEmpty();
    }
}
