package io.tickhub.runtime.worker;

import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import java.time.Duration;
import java.util.List;

/**
 * What a worker needs to know. Immutable.
 *
 * @param name of its thread and its consumer
 * @param kafka the cluster
 * @param group its consumer group
 * @param transactionalIds of its producers, which take turns, and their client ids; stable over restarts, unique in the cluster
 * @param input what it reads
 * @param maxPollRecords the most records of one cycle: with what is written for each it bounds a transaction
 * @param batchBytes the most of one partition that goes in one batch: of larger ones the broker has fewer to check and to write, but what a producer
 *     has once had in memory it keeps, and a batch takes as much however little is in it
 * @param retryFor how long transactions may fail, one after the other, before the worker dies
 * @param tables what has to be read to its end before a partition is opened
 */
public record WorkerConfig(
        String name,
        KafkaConfig kafka,
        String group,
        List<String> transactionalIds,
        Input input,
        int maxPollRecords,
        int batchBytes,
        Duration retryFor,
        List<CompactedTable<?>> tables) {

    /**
     * The most bytes that a consumer fetches ahead of one partition, unless a single batch is larger. Of symbols with a backlog that
     * much lies in the heap each: with Kafka's default of 1 MiB, 300 of them exhausted a heap of 256 MB. Catching up on one symbol
     * is as fast as with 1 MiB: the counting takes longer than the fetching.
     */
    public static final int PARTITION_FETCH_BYTES = 128 * 1024;

    /** The most bytes of one answer to a fetch. */
    public static final int FETCH_BYTES = 8 * 1024 * 1024;
}
