package io.tickhub.runtime.worker;

import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import java.time.Duration;
import java.util.List;

/**
 * What a worker needs to know. Immutable.
 *
 * @param name of its thread and its Kafka clients
 * @param kafka the cluster
 * @param group its consumer group
 * @param transactionalId stable over restarts, unique in the cluster
 * @param input what it reads
 * @param maxPollRecords the most records of one cycle: with what is written for each it bounds a transaction
 * @param retryFor how long transactions may fail, one after the other, before the worker dies
 * @param tables what has to be read to its end before a partition is opened
 */
public record WorkerConfig(
        String name,
        KafkaConfig kafka,
        String group,
        String transactionalId,
        Input input,
        int maxPollRecords,
        Duration retryFor,
        List<CompactedTable<?>> tables) {}
