package io.tickhub.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's files are what there is, and nothing in them needs what the content policy forbids. */
class AssetsTest {

    @Test
    void everyFileIsServedAndEveryFileServedIsThere() throws IOException, URISyntaxException {
        assertThat(files())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Assets.OWN.stream(), Stream.of("openapi.json"))
                        .toList());
        assertThat(new Assets().paths()).contains("/", "/app.js", "/vendor/echarts.js");
    }

    @Test
    void thePageHasNoInlineScriptsAndStylesAndNothingFromElsewhere() throws IOException, URISyntaxException {
        for (String name : Assets.OWN) {
            String text = Files.readString(folder().resolve(name));
            assertThat(text)
                    .as(name)
                    .doesNotContainPattern("(?i)<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+=\"")
                    .doesNotContain("innerHTML", "insertAdjacentHTML", "outerHTML", "eval(", "document.write");
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                    .as(name)
                    .doesNotContainPattern("https?://|[\"'(]//");
        }
    }

    private static List<String> files() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".class"))
                    .toList();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Assets.class.getResource("index.html").toURI()).getParent();
    }
}
