package io.tickhub.hub.feed;

import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.topic.TopicWatcher;
import org.apache.kafka.clients.admin.Admin;

/**
 * What the owner of symbols reads to know what to copy. Owned by the hub.
 *
 * @param kafka the cluster
 * @param admin not owned
 * @param historyId name of the worker's consumer for history
 * @param tailsId name of its consumer for what stands in feeds
 * @param watcher knows the tick topics
 * @param subscriptions what clients want
 * @param progress how far the owners have come
 */
public record FeedTables(
        KafkaConfig kafka,
        Admin admin,
        String historyId,
        String tailsId,
        TopicWatcher watcher,
        CompactedTable<Subscription> subscriptions,
        CompactedTable<Progress> progress) {}
