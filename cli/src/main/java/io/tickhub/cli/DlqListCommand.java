package io.tickhub.cli;

import io.tickhub.client.deadletter.DeadLetter;
import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.client.deadletter.Source;
import io.tickhub.model.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickhub dlq ls}: the open dead letters. */
@Command(
        name = "ls",
        description = {
            "List the dead letters that are neither replayed nor dropped, in the order of time.",
            "The table ends after " + DlqListCommand.MOST_ROWS + " letters; --json, in no order, has all."
        },
        footer = {
            "%nExamples:",
            "  tickhub dlq ls",
            "  tickhub dlq ls --reason NOT_JSON --symbol AAPL",
            "  tickhub dlq ls --json | jq -r .detail"
        },
        mixinStandardHelpOptions = true)
final class DlqListCommand implements Callable<Integer> {

    /** So many fit into memory and on nobody's screen. */
    static final int MOST_ROWS = 10_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DlqOptions options = new DlqOptions();

    @Mixin
    private DlqFilter filter = new DlqFilter();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /** One line of the table. */
    private record Row(String time, long number, String source, String reason, int failures, String detail) {

        static Row of(DeadLetter letter) {
            return new Row(
                    letter.time().toString(),
                    letter.number(),
                    Printable.line(letter.source().toString()),
                    letter.reason().name(),
                    letter.failures(),
                    Printable.line(letter.detail()));
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (DeadLetterQueue queue = options.connect()) {
            if (json) {
                queue.list(filter.wanted(options.topics()), letter -> out.println(Json.writeLine(fields(letter))));
            } else {
                printTable(queue, out);
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private void printTable(DeadLetterQueue queue, PrintWriter out) {
        List<Row> rows = new ArrayList<>();
        long[] more = new long[1];
        queue.list(filter.wanted(options.topics()), letter -> {
            if (rows.size() < MOST_ROWS) {
                rows.add(Row.of(letter));
            } else {
                more[0]++;
            }
        });
        rows.sort(Comparator.comparing(Row::time).thenComparing(Row::number));
        Table table = new Table()
                .numbers("NUMBER")
                .text("TIME", "SOURCE", "REASON")
                .numbers("FAILURES")
                .text("DETAIL");
        for (Row row : rows) {
            table.row(
                    Long.toString(row.number()),
                    row.time(),
                    row.source(),
                    row.reason(),
                    row.failures() < DeadLetterQueue.MOST_FAILURES
                            ? Integer.toString(row.failures())
                            : row.failures() + " (stays)",
                    row.detail());
        }
        table.print(out);
        if (more[0] > 0) {
            spec.commandLine()
                    .getErr()
                    .println("tickhub: there are " + more[0]
                            + " letters more; choose with --reason and --symbol, or take" + " --json");
        }
    }

    private static Map<String, Object> fields(DeadLetter letter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", letter.number());
        fields.put("time", letter.time());
        fields.put("topic", letter.source().topic());
        switch (letter.source()) {
            case Source.Stored record -> {
                fields.put("partition", record.partition());
                fields.put("offset", record.offset());
                fields.put("timestamp", record.appended());
            }
            case Source.Row row -> fields.put("row", row.row());
        }
        fields.put("reason", letter.reason());
        fields.put("detail", letter.detail());
        fields.put("failures", letter.failures());
        fields.put("service", letter.service());
        return fields;
    }
}
