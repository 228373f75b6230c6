package io.tickhub.hub.feed;

import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.topic.TopicWatcher;

/**
 * What the owner of symbols reads to know what to copy. Owned by the hub.
 *
 * @param kafka the cluster
 * @param clientId name of the worker's second consumer
 * @param watcher knows the tick topics
 * @param subscriptions what clients want
 * @param progress how far the owners have come
 */
public record FeedTables(
        KafkaConfig kafka,
        String clientId,
        TopicWatcher watcher,
        CompactedTable<Subscription> subscriptions,
        CompactedTable<Progress> progress) {}
