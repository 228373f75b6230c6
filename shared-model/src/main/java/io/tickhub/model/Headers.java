package io.tickhub.model;

/** The names of all record headers. Values are text in UTF-8 unless said otherwise. */
public final class Headers {

    // Requests and replies: the names that Spring for Apache Kafka uses, and those of SmallRye Reactive Messaging.
    public static final String CORRELATION_ID = "kafka_correlationId";
    public static final String REPLY_TOPIC = "kafka_replyTopic";
    public static final String REPLY_PARTITION = "kafka_replyPartition";
    public static final String SMALLRYE_CORRELATION_ID = "REPLY_CORRELATION_ID";
    public static final String SMALLRYE_REPLY_TOPIC = "REPLY_TOPIC";
    public static final String SMALLRYE_REPLY_PARTITION = "REPLY_PARTITION";

    /** Milliseconds after the append time for which somebody waits for the reply. */
    public static final String TIME_TO_LIVE = "ttl";

    // Requests, replies, ticks and feeds.
    /** W3C Trace Context: carried from a command to its reply and from a tick to its copies in feeds, as it is. */
    public static final String TRACE_PARENT = "traceparent";

    // Feeds.
    /** {@link Covers}: the symbol's offsets for which the record stands. */
    public static final String COVERS = "covers";
    /** Id of the {@link Subscription} to which the record belongs. */
    public static final String SUBSCRIPTION = "subscription";
    /** {@link FeedEvent.Kind}; a record without it is a tick, and has {@link #OFFSET}. */
    public static final String EVENT = "event";

    // Ticks.
    /** {@code FILE@LINE} from which a replayed tick was read. */
    public static final String ROW = "row";

    // Dead letters: these come first, up to and with ORIGINAL; behind it stand the headers of the original record.
    /** Topic of the original record. */
    public static final String TOPIC = "topic";
    /** Partition of the original record. */
    public static final String PARTITION = "partition";
    /** Offset of the original record; of a feed's tick, its place in the symbol's topic. */
    public static final String OFFSET = "offset";
    /** Append time of the original record, ISO-8601. */
    public static final String TIMESTAMP = "timestamp";
    /** {@link DeadLetterReason}. */
    public static final String REASON = "reason";
    /** One sentence for a person. */
    public static final String DETAIL = "detail";
    /** Name of the instance that wrote the dead letter. */
    public static final String SERVICE = "service";
    /** When the dead letter or its resolution was written, ISO-8601. */
    public static final String TIME = "time";
    /** How often the record has become a dead letter, 1 or more; on a record that was replayed, how often until then. */
    public static final String FAILURES = "failures";
    /** The key of the original record, as it was; absent if it had none. */
    public static final String KEY = "key";
    /** {@link Original}. The last header of ours: every header behind it is the original record's. */
    public static final String ORIGINAL = "original";

    // What became of a dead letter: a record without value, in the same partition.
    /** Offset of the dead letter; always the record's first header. */
    public static final String RESOLVES = "resolves";
    /** {@link Resolution}. */
    public static final String RESOLUTION = "resolution";

    private Headers() {}
}
