package io.tickhub.runtime.presence;

import io.tickhub.runtime.config.KafkaConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest.TxnMarkerEntry;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Writes the marker with which a transaction commits in a partition, as its coordinator should have done. The admin client can abort
 * only; so this speaks the same request of Kafka's protocol with Kafka's own network client. For one thread; does not own the admin client.
 */
final class Markers {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** As {@link Admin#abortTransaction}: the marker has the epoch of the records. */
    private static final short ANY_TRANSACTION_VERSION = 0;

    private final Admin admin;
    private final KafkaConfig kafka;
    private final String name;

    Markers(Admin admin, KafkaConfig kafka, String name) {
        this.admin = admin;
        this.kafka = kafka;
        this.name = name;
    }

    /** @throws KafkaException if the partition has no leader, or it refuses */
    void commit(TopicPartition partition, long producerId, short producerEpoch, int coordinatorEpoch)
            throws ExecutionException, InterruptedException {
        Node leader = leader(partition);
        AdminClientConfig config = new AdminClientConfig(kafka.client(name + "-markers", Map.of()));
        Time time = Time.SYSTEM;
        try (Metrics metrics = new Metrics(time);
                NetworkClient client = ClientUtils.createNetworkClient(
                        config,
                        name + "-markers",
                        metrics,
                        "markers",
                        new LogContext("[" + name + "-markers] "),
                        new ApiVersions(),
                        time,
                        1,
                        TIMEOUT_MILLIS,
                        null,
                        new ManualMetadataUpdater(List.of(leader)),
                        new DefaultHostResolver(),
                        null,
                        null)) {
            if (!NetworkClientUtils.awaitReady(client, leader, time, TIMEOUT_MILLIS)) {
                throw new KafkaException("no connection to " + leader);
            }
            ClientRequest request = client.newClientRequest(
                    leader.idString(),
                    new WriteTxnMarkersRequest.Builder(List.of(new TxnMarkerEntry(
                            producerId,
                            producerEpoch,
                            coordinatorEpoch,
                            TransactionResult.COMMIT,
                            List.of(partition),
                            ANY_TRANSACTION_VERSION))),
                    time.milliseconds(),
                    true);
            ClientResponse response = NetworkClientUtils.sendAndReceive(client, request, time);
            Errors error = ((WriteTxnMarkersResponse) response.responseBody())
                    .errorsByProducerId()
                    .get(producerId)
                    .get(partition);
            if (error != Errors.NONE) {
                throw new KafkaException(partition + " takes no marker", error.exception());
            }
        } catch (IOException e) {
            throw new KafkaException("no marker for " + partition, e);
        }
    }

    private Node leader(TopicPartition partition) throws ExecutionException, InterruptedException {
        return admin
                .describeTopics(List.of(partition.topic()))
                .topicNameValues()
                .get(partition.topic())
                .get()
                .partitions()
                .stream()
                .filter(info -> info.partition() == partition.partition())
                .map(TopicPartitionInfo::leader)
                .filter(leader -> leader != null && !leader.isEmpty())
                .findFirst()
                .orElseThrow(() -> new KafkaException(partition + " has no leader"));
    }
}
