package io.tickhub.cli;

import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.Settings;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tickhub kafka TOOL ARGS...}: runs one of Kafka's own command-line tools in this JVM. */
@Command(
        name = "kafka",
        description = {
            "Run one of Kafka's command-line tools, such as console-consumer, topics or consumer-groups.",
            "The brokers' address comes from TICKHUB_BOOTSTRAP_SERVERS (default localhost:9092) unless the arguments name one."
        },
        footer = {"%nExamples:", "  tickhub kafka console-consumer --topic ticks.AAPL", "  tickhub kafka topics --list"
        },
        mixinStandardHelpOptions = true)
final class KafkaCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "TOOL", description = "Name of the tool, with or without kafka- before it.")
    private String name;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "What the tool is to get.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        KafkaTools.Tool tool = KafkaTools.find(name)
                .orElseThrow(() ->
                        new ConfigurationException(List.of("there is no Kafka tool '" + name + "'; the tools are: "
                                + String.join(", ", KafkaTools.all().keySet()))));
        Settings settings = new Settings(System.getenv());
        KafkaConfig kafka = settings.build(() -> KafkaConfig.from(settings));
        String[] complete = tool.complete(arguments, kafka.bootstrapServers()).toArray(String[]::new);
        try {
            Class.forName(tool.className()).getMethod("main", String[].class).invoke(null, (Object) complete);
            return ExitCode.OK;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
