package io.tickhub.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Json;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DescriptionTest {

    @Test
    void describesTheRoutesThereAre() {
        Map<?, ?> document = Json.read(new Description().document(), Map.class);

        assertThat(document.get("openapi")).isEqualTo("3.1.0");
        assertThat(((Map<?, ?>) document.get("paths")).keySet()).isEqualTo(Set.copyOf(Route.allDescribed()));
    }
}
