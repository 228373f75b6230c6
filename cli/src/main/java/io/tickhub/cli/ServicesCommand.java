package io.tickhub.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickhub.client.Attendance;
import io.tickhub.client.Attendance.Seen;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Json;
import io.tickhub.model.Role;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub services}: who is there. */
@Command(
        name = "services",
        description = {
            "List the instances of producers, hubs, aggregators and gateways that have not signed off.",
            "Reads it from Kafka, so it works while no hub is running. Exit code 0 too if nobody is there."
        },
        footer = {"%nExamples:", "  tickhub services", "  tickhub services --bootstrap-servers broker-1:9092"},
        mixinStandardHelpOptions = true)
final class ServicesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    /** One line of JSON. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Line(
            String instance,
            Role role,
            InstanceStatus.State state,
            String version,
            Instant startedAt,
            Duration uptime,
            Instant heardAt,
            Duration silentFor,
            boolean silent) {

        static Line of(Seen seen) {
            InstanceStatus status = seen.status();
            return new Line(
                    status.instance(),
                    status.role(),
                    status.state(),
                    status.version(),
                    status.startedAt(),
                    seen.uptime(),
                    seen.heardAt(),
                    seen.silentFor(),
                    seen.isSilent());
        }
    }

    @Override
    public Integer call() {
        List<Seen> all = Attendance.read(options.kafka());
        PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            all.forEach(seen -> out.println(Json.writeLine(Line.of(seen))));
        } else if (all.isEmpty()) {
            out.println("Nobody is there: no service has started, or all have stopped.");
        } else {
            table(all).print(out);
        }
        return ExitCode.OK;
    }

    static Table table(List<Seen> all) {
        Table table = new Table()
                .text("INSTANCE", "ROLE", "STATE", "VERSION", "SINCE")
                .numbers("UPTIME", "LAST HEARD")
                .text("");
        for (Seen seen : all) {
            InstanceStatus status = seen.status();
            table.row(
                    status.instance(),
                    status.role().text(),
                    status.state().name(),
                    status.version(),
                    Instant.ofEpochSecond(status.startedAt().getEpochSecond()).toString(),
                    text(seen.uptime()),
                    "%.1f s ago".formatted(seen.silentFor().toMillis() / 1000.0),
                    seen.isSilent() ? "<- silent: gone, or held up" : "");
        }
        return table;
    }

    private static String text(Duration duration) {
        String clock =
                "%d:%02d:%02d".formatted(duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart());
        return duration.toDays() > 0 ? duration.toDays() + " d " + clock : clock;
    }
}
