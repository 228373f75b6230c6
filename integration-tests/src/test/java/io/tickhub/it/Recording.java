package io.tickhub.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Screens, one a second and round again, as one picture that moves: an SVG with styles and no script, which a README can show. It brings
 * its own dark background, so it looks the same on a light page and a dark one.
 *
 * @param title for those who do not see it
 */
record Recording(String title, List<Screen> screens) {

    private static final int MARGIN = 14;
    private static final int CHARACTER = 8;
    private static final int LINE = 18;

    /** The place of the first line's feet. */
    private static final int FEET = MARGIN + 13;

    private static final String PICTURE =
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <title>%3$s</title>
            <style>
            rect { fill: #0d1117; stroke: #57606a }
            text { fill: #e6edf3; font: 13px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre }
            .bold { font-weight: bold }
            .dim { fill: #8b949e }
            .c080 { fill: #3fb950 }
            .c800 { fill: #ff7b72 }
            g { visibility: hidden; animation: show %4$ds step-end infinite }
            @keyframes show { 0%% { visibility: visible } %5$s%% { visibility: hidden } }
            @media (prefers-reduced-motion: reduce) { g { animation: none } g:last-of-type { visibility: visible } }
            </style>
            <rect x="0.5" y="0.5" width="%6$d" height="%7$d" rx="8"/>
            %8$s
            </svg>
            """;

    void write(Path file) throws IOException {
        int width = 2 * MARGIN + Screen.COLUMNS * CHARACTER;
        int height = 2 * MARGIN + Screen.LINES * LINE;
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                PICTURE.formatted(
                        width,
                        height,
                        escaped(title),
                        screens.size(),
                        String.format(Locale.ROOT, "%.4f", 100.0 / screens.size()),
                        width - 1,
                        height - 1,
                        Stream.iterate(0, second -> second < screens.size(), second -> second + 1)
                                .map(this::frame)
                                .collect(Collectors.joining("\n"))));
    }

    /** Begun before its time by as much as it comes later than the first one, it is in step from the beginning. */
    private String frame(int second) {
        return screens.get(second).runs().stream()
                .map(Recording::text)
                .collect(Collectors.joining(
                        "\n",
                        "<g style=\"animation-delay: " + (second == 0 ? 0 : second - screens.size()) + "s\">\n",
                        "\n</g>"));
    }

    /** Its length is given, so that columns meet whatever font there is. */
    private static String text(Screen.Run run) {
        String look = Stream.of(
                        run.isBold() ? "bold" : "",
                        run.isDim() ? "dim" : "",
                        run.colour().isEmpty() ? "" : "c" + run.colour())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" "));
        return "<text x=\"%d\" y=\"%d\" textLength=\"%d\"%s>%s</text>"
                .formatted(
                        MARGIN + run.column() * CHARACTER,
                        FEET + run.line() * LINE,
                        run.text().codePointCount(0, run.text().length()) * CHARACTER,
                        look.isEmpty() ? "" : " class=\"" + look + "\"",
                        escaped(run.text()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
