package io.tickhub.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Every topic, consumer group and user of a Tickhub system: its name; of topics, their partitions and retention. Immutable.
 *
 * <p>Every topic has {@code message.timestamp.type=LogAppendTime}: retention goes by the time of arrival, and append time is the
 * one clock that all processes share.
 *
 * @param prefix put before every topic, group and transactional id, so that several systems can share a cluster; may be empty
 */
public record Topics(String prefix) {

    /** With the longest symbol, each byte of it escaped, a name has 246 of the 249 characters that Kafka allows. */
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9.-]{0,48}");

    private static final Pattern KAFKA_NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** How long ticks are kept unless their topic says otherwise. */
    public static final Duration TICK_RETENTION = Duration.ofHours(24);

    private static final Duration MESSAGE_RETENTION = Duration.ofHours(1);
    private static final Duration SHORTEST_BAR_RETENTION = Duration.ofDays(1);
    private static final int BARS_KEPT = 10_000;
    private static final int BAR_PARTITIONS = 4;
    private static final Duration SESSION_RETENTION = Duration.ofDays(400);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(7);

    /** Kafka's own default. */
    private static final int MESSAGE_BYTES = 1024 * 1024 + 12;

    /** The largest dead letter: more than any record of another topic, because headers are added to it. */
    public static final int DEAD_LETTER_BYTES = 4 * 1024 * 1024;

    /** What becomes of old records. */
    public enum Cleanup {
        /** They are deleted after the retention. */
        DELETE,
        /** The last record of each key stays. */
        COMPACT,
        /** The last record of each key stays, but no longer than the retention. */
        COMPACT_AND_DELETE
    }

    /**
     * How a topic is made.
     *
     * @param name the topic
     * @param partitions its number of partitions
     * @param cleanup what becomes of old records
     * @param retention how long records stay, but with {@link Cleanup#COMPACT}
     * @param maxMessageBytes the largest record
     */
    public record Spec(String name, int partitions, Cleanup cleanup, Duration retention, int maxMessageBytes) {

        /** The topic's settings besides partitions and replicas, as Kafka names them. */
        public Map<String, String> config() {
            return switch (cleanup) {
                // Enough for segments of 90 MB and more. Thousands of topics that grow evenly begin to use their
                // indexes in the same minute; where a disk reads far ahead, of Kafka's 10 MiB each all comes into
                // memory then.
                case DELETE ->
                    Map.of(
                            "message.timestamp.type",
                            "LogAppendTime",
                            "cleanup.policy",
                            "delete",
                            "segment.index.bytes",
                            Integer.toString(256 * 1024),
                            "max.message.bytes",
                            Integer.toString(maxMessageBytes),
                            "retention.ms",
                            Long.toString(retention.toMillis()));
                // Segments of 16 MiB and an early cleaner: a table is read from the beginning at each start.
                case COMPACT ->
                    Map.of(
                            "message.timestamp.type",
                            "LogAppendTime",
                            "cleanup.policy",
                            "compact",
                            "max.message.bytes",
                            Integer.toString(maxMessageBytes),
                            "segment.bytes",
                            Integer.toString(16 * 1024 * 1024),
                            "min.cleanable.dirty.ratio",
                            "0.2",
                            "delete.retention.ms",
                            Long.toString(MESSAGE_RETENTION.toMillis()));
                case COMPACT_AND_DELETE ->
                    Map.of(
                            "message.timestamp.type",
                            "LogAppendTime",
                            "cleanup.policy",
                            "compact,delete",
                            "max.message.bytes",
                            Integer.toString(maxMessageBytes),
                            "retention.ms",
                            Long.toString(retention.toMillis()),
                            "segment.bytes",
                            Integer.toString(16 * 1024 * 1024),
                            "min.cleanable.dirty.ratio",
                            "0.2");
            };
        }
    }

    /** @throws IllegalArgumentException if the prefix holds other characters than letters, digits, {@code -} and {@code .} */
    public Topics {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "a topic prefix is at most 48 letters, digits, '-' or '.', such as 'test.'");
        }
    }

    // ---- the topics

    public Spec ticks(Symbol symbol) {
        return ticks(symbol, TICK_RETENTION);
    }

    /** @throws IllegalArgumentException for {@link Symbol#ALL} */
    public Spec ticks(Symbol symbol, Duration retention) {
        if (symbol.equals(Symbol.ALL)) {
            throw new IllegalArgumentException("the symbol * stands for all symbols and has no topic of its own");
        }
        return new Spec(tickPrefix() + encode(symbol), 1, Cleanup.DELETE, retention, MESSAGE_BYTES);
    }

    public Spec commands() {
        return new Spec(prefix + "commands", 8, Cleanup.DELETE, MESSAGE_RETENTION, MESSAGE_BYTES);
    }

    public Spec adminCommands() {
        return new Spec(prefix + "admin-commands", 1, Cleanup.DELETE, MESSAGE_RETENTION, MESSAGE_BYTES);
    }

    public Spec replies() {
        return new Spec(prefix + "replies", 8, Cleanup.DELETE, MESSAGE_RETENTION, MESSAGE_BYTES);
    }

    /** The commands of one client: its name is the client's identity, and only the client may be allowed to write there. */
    public Spec commands(ClientId client) {
        return own(commandPrefix() + client);
    }

    /** The replies to the commands of one client that has {@link #commands(ClientId) a topic of its own} for them. */
    public Spec replies(ClientId client) {
        return own(replyPrefix() + client);
    }

    public Spec subscriptions() {
        return compacted("subscriptions", 1);
    }

    public Spec progress() {
        return compacted("progress", 1);
    }

    /** Signs of life of clients that hold subscriptions. */
    public Spec leases() {
        return compacted("leases", 1);
    }

    /** A client's feed; {@code incarnation} makes the name unique for ever. */
    public Spec feed(ClientId client, long incarnation) {
        return own(feedPrefix(client) + incarnation);
    }

    public Spec stats() {
        return compacted("stats", 4);
    }

    /** The statistics of sessions that are over. */
    public Spec sessions() {
        return new Spec(prefix + "sessions", 4, Cleanup.DELETE, SESSION_RETENTION, MESSAGE_BYTES);
    }

    public Spec aggregatorState() {
        return compacted("aggregator-state", 4);
    }

    /** The bars of all symbols; ten thousand of each symbol stay, and those of a day at least. */
    public Spec bars(BarInterval interval) {
        Duration kept = interval.length().multipliedBy(BARS_KEPT);
        return new Spec(
                barPrefix() + interval.text(),
                BAR_PARTITIONS,
                Cleanup.COMPACT_AND_DELETE,
                kept.compareTo(SHORTEST_BAR_RETENTION) < 0 ? SHORTEST_BAR_RETENTION : kept,
                MESSAGE_BYTES);
    }

    /** Where all bars of a symbol stand, so that who wants them reads one partition: CRC-32 of the symbol. */
    public static int barPartition(Symbol symbol) {
        CRC32 checksum = new CRC32();
        checksum.update(symbol.toBytes());
        return (int) (checksum.getValue() % BAR_PARTITIONS);
    }

    public Spec services() {
        return compacted("services", 1);
    }

    public Spec control() {
        return compacted("control", 1);
    }

    public Spec deadLetters() {
        return new Spec(prefix + "dead-letters", 4, Cleanup.DELETE, DEAD_LETTER_RETENTION, DEAD_LETTER_BYTES);
    }

    /** The topics that every service makes sure of at its start: all but those of symbols, bars and single clients. */
    public List<Spec> system() {
        return List.of(
                commands(),
                adminCommands(),
                replies(),
                subscriptions(),
                progress(),
                leases(),
                stats(),
                sessions(),
                aggregatorState(),
                services(),
                control(),
                deadLetters());
    }

    // ---- what follows from names

    /** Matches every tick topic. */
    public Pattern tickPattern() {
        return Pattern.compile("^" + Pattern.quote(tickPrefix()) + ".+");
    }

    /** Matches the topics of commands: those of all, of administrators, and of single clients. */
    public Pattern commandPattern() {
        return Pattern.compile("^(?:" + Pattern.quote(commands().name()) + "|"
                + Pattern.quote(adminCommands().name()) + "|" + Pattern.quote(commandPrefix())
                + ClientId.FORM.pattern() + ")$");
    }

    /** What every tick topic's name begins with. */
    public String tickPrefix() {
        return prefix + "ticks.";
    }

    /** What the names of the command topics of single clients begin with. */
    public String commandPrefix() {
        return prefix + "commands.";
    }

    /** What the names of the reply topics of single clients begin with. */
    public String replyPrefix() {
        return prefix + "replies.";
    }

    /** What the names of all topics of bars begin with. */
    public String barPrefix() {
        return prefix + "bars.";
    }

    /** The interval of a topic of bars, or empty if the topic is none. */
    public Optional<BarInterval> barInterval(String topic) {
        if (!topic.startsWith(barPrefix())) {
            return Optional.empty();
        }
        try {
            BarInterval interval = BarInterval.parse(topic.substring(barPrefix().length()));
            return Optional.of(interval).filter(found -> bars(found).name().equals(topic));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What every feed's name begins with. */
    public String feedPrefix() {
        return prefix + "feeds.";
    }

    /** What the names of one client's feeds begin with, and no other's: a client's name has no {@code .}. */
    public String feedPrefix(ClientId client) {
        return feedPrefix() + client + ".";
    }

    /** The client whose own command topic this is, or empty if the topic is none. */
    public Optional<ClientId> clientOfCommands(String topic) {
        return client(commandPrefix(), topic);
    }

    /** The client after whom a reply topic is named, or empty if the topic is none or has another name. */
    public Optional<ClientId> clientOfReplies(String topic) {
        return client(replyPrefix(), topic);
    }

    /** Whether the hub may write replies to this topic: {@code replies}, or a possible name that begins with {@code replies.}. */
    public boolean isReplyTopic(String topic) {
        return topic.equals(replies().name())
                || (topic.startsWith(replyPrefix()) && KAFKA_NAME.matcher(topic).matches());
    }

    /** The symbol of a tick topic, or empty if the topic is none. */
    public Optional<Symbol> symbol(String topic) {
        return topic.startsWith(tickPrefix())
                ? decode(topic.substring(tickPrefix().length()))
                : Optional.empty();
    }

    /** The consumer group of a kind of worker, such as {@code hub}. */
    public String group(String name) {
        return prefix + name;
    }

    /** The consumer group that keeps a client's place in its feed. */
    public String feedGroup(ClientId client) {
        return feedGroupPrefix() + client;
    }

    /** What the name of every group begins with that keeps a client's place in its feed. */
    public String feedGroupPrefix() {
        return prefix + "feed.";
    }

    /** A transactional id: stable over restarts of an instance, so that a new start ends what an old one left open. */
    public String transactionalId(String instance, String worker) {
        return prefix + instance + "." + worker;
    }

    /** Those of a worker, whose two producers take turns. */
    public List<String> transactionalIds(String instance, String worker) {
        String first = transactionalId(instance, worker);
        return List.of(first + ".0", first + ".1");
    }

    /** The user of Kafka as whom services of a role connect where Kafka asks: no client can have this name. */
    public String user(Role role) {
        return prefix + "tickhub." + role.text();
    }

    /** The user of Kafka as whom administrators connect where Kafka asks. */
    public String adminUser() {
        return prefix + "tickhub.admin";
    }

    private Spec own(String name) {
        return new Spec(name, 1, Cleanup.DELETE, MESSAGE_RETENTION, MESSAGE_BYTES);
    }

    private static Optional<ClientId> client(String topicPrefix, String topic) {
        return topic.startsWith(topicPrefix) ? ClientId.parse(topic.substring(topicPrefix.length())) : Optional.empty();
    }

    private Spec compacted(String name, int partitions) {
        return new Spec(prefix + name, partitions, Cleanup.COMPACT, Duration.ZERO, MESSAGE_BYTES);
    }

    /** Letters, digits, {@code -} and {@code .} stay; any other byte of UTF-8 becomes {@code _XX}. */
    private static String encode(Symbol symbol) {
        StringBuilder name = new StringBuilder();
        for (byte b : symbol.toBytes()) {
            if (isPlain(b)) {
                name.append((char) b);
            } else {
                name.append('_').append(HEX.toHexDigits(b));
            }
        }
        return name.toString();
    }

    private static Optional<Symbol> decode(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_') {
                bytes.write(c);
            } else if (i + 2 < name.length()
                    && HexFormat.isHexDigit(name.charAt(i + 1))
                    && HexFormat.isHexDigit(name.charAt(i + 2))) {
                bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            Symbol symbol = new Symbol(text);
            // Only the one name that encode() gives: two topics must not stand for one symbol.
            return encode(symbol).equals(name) && !symbol.equals(Symbol.ALL) ? Optional.of(symbol) : Optional.empty();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '.';
    }
}
