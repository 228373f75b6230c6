package io.tickhub.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Kafka's own command-line tools: the names under which Kafka ships them, without {@code kafka-} and {@code .sh}. No state. */
final class KafkaTools {

    private static final String BOOTSTRAP_SERVER = "--bootstrap-server";

    /** How a tool is told where the brokers are. */
    enum Bootstrap {
        /** Before all other arguments: the tool may have subcommands of its own. */
        FIRST,
        /** After its subcommand. */
        LAST,
        /** It talks to no broker. */
        NONE
    }

    /**
     * A tool.
     *
     * @param className its main class
     * @param bootstrap how it is told where the brokers are
     */
    record Tool(String className, Bootstrap bootstrap) {

        /** The arguments with the brokers' address, unless they say it themselves. */
        List<String> complete(List<String> arguments, String bootstrapServers) {
            if (bootstrap == Bootstrap.NONE
                    || arguments.isEmpty()
                    || arguments.stream().anyMatch(Tool::isAddress)) {
                return arguments;
            }
            List<String> all = new ArrayList<>(arguments);
            all.addAll(bootstrap == Bootstrap.FIRST ? 0 : all.size(), List.of(BOOTSTRAP_SERVER, bootstrapServers));
            return all;
        }

        private static boolean isAddress(String argument) {
            return argument.startsWith("--bootstrap-") || argument.contains("bootstrap.servers=");
        }
    }

    private static final SortedMap<String, Tool> TOOLS = tools();

    private KafkaTools() {}

    /** The tool of a name such as {@code topics}; {@code kafka-topics} and {@code kafka-topics.sh} mean the same. */
    static Optional<Tool> find(String name) {
        return Optional.ofNullable(TOOLS.get(name.replaceFirst("^kafka-", "").replaceFirst("\\.sh$", "")));
    }

    /** All tools by name. */
    static Map<String, Tool> all() {
        return TOOLS;
    }

    private static SortedMap<String, Tool> tools() {
        String tools = "org.apache.kafka.tools.";
        SortedMap<String, Tool> all = new TreeMap<>();
        all.put("acls", new Tool(tools + "AclCommand", Bootstrap.FIRST));
        all.put("broker-api-versions", new Tool(tools + "BrokerApiVersionsCommand", Bootstrap.FIRST));
        all.put("client-metrics", new Tool(tools + "ClientMetricsCommand", Bootstrap.FIRST));
        all.put("cluster", new Tool(tools + "ClusterTool", Bootstrap.LAST));
        all.put("configs", new Tool("kafka.admin.ConfigCommand", Bootstrap.FIRST));
        all.put("console-consumer", new Tool(tools + "consumer.ConsoleConsumer", Bootstrap.FIRST));
        all.put("console-producer", new Tool(tools + "ConsoleProducer", Bootstrap.FIRST));
        all.put("console-share-consumer", new Tool(tools + "consumer.ConsoleShareConsumer", Bootstrap.FIRST));
        all.put("consumer-groups", new Tool(tools + "consumer.group.ConsumerGroupCommand", Bootstrap.FIRST));
        all.put("consumer-perf-test", new Tool(tools + "ConsumerPerformance", Bootstrap.FIRST));
        all.put("delegation-tokens", new Tool(tools + "DelegationTokenCommand", Bootstrap.FIRST));
        all.put("delete-records", new Tool(tools + "DeleteRecordsCommand", Bootstrap.FIRST));
        all.put("dump-log", new Tool(tools + "DumpLogSegments", Bootstrap.NONE));
        all.put("e2e-latency", new Tool(tools + "EndToEndLatency", Bootstrap.FIRST));
        all.put("features", new Tool(tools + "FeatureCommand", Bootstrap.FIRST));
        all.put("get-offsets", new Tool(tools + "GetOffsetShell", Bootstrap.FIRST));
        all.put("groups", new Tool(tools + "GroupsCommand", Bootstrap.FIRST));
        all.put("leader-election", new Tool(tools + "LeaderElectionCommand", Bootstrap.FIRST));
        all.put("log-dirs", new Tool(tools + "LogDirsCommand", Bootstrap.FIRST));
        all.put("metadata-quorum", new Tool(tools + "MetadataQuorumCommand", Bootstrap.FIRST));
        all.put("producer-perf-test", new Tool(tools + "ProducerPerformance", Bootstrap.FIRST));
        all.put("reassign-partitions", new Tool(tools + "reassign.ReassignPartitionsCommand", Bootstrap.FIRST));
        all.put("replica-verification", new Tool(tools + "ReplicaVerificationTool", Bootstrap.FIRST));
        all.put("share-groups", new Tool(tools + "consumer.group.ShareGroupCommand", Bootstrap.FIRST));
        all.put("storage", new Tool("kafka.tools.StorageTool", Bootstrap.NONE));
        all.put("topics", new Tool(tools + "TopicCommand", Bootstrap.FIRST));
        all.put("transactions", new Tool(tools + "TransactionsCommand", Bootstrap.FIRST));
        all.put("verifiable-consumer", new Tool(tools + "VerifiableConsumer", Bootstrap.FIRST));
        all.put("verifiable-producer", new Tool(tools + "VerifiableProducer", Bootstrap.FIRST));
        return Collections.unmodifiableSortedMap(all);
    }
}
