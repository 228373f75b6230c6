package io.tickhub.hub.command;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.From;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.topic.TickTopics;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import io.tickhub.runtime.topic.TopicCreator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides SUBSCRIBE and UNSUBSCRIBE: which subscriptions are to be written, and the reply. It writes nothing itself. For one thread.
 *
 * <p>A client's commands all come to one partition, its {@link CommandPlaces place}, and one hub decides about its subscriptions. A
 * command that was sent again (the same correlation id) finds what its first copy did and gets the same answer.
 */
final class Changes {

    private static final int MOST_REPLY_BYTES = 1_000_000;

    private final CommandPlaces places;
    private final HubTables tables;
    private final ClientSubscriptions subscriptions;
    private final Quota quota;
    private final TickTopicLookup lookup;
    private final Starts starts;
    private final BatchEnds ends;
    private final FeedTopics feeds;

    /**
     * What a command leads to.
     *
     * @param written subscriptions in their new form
     * @param reply the answer
     */
    record Decision(List<Subscription> written, Reply reply) {}

    Changes(
            Topics topics,
            CommandPlaces places,
            HubTables tables,
            ClientSubscriptions subscriptions,
            TickTopicLookup lookup,
            TopicCreator topicCreator) {
        this.places = places;
        this.tables = tables;
        this.subscriptions = subscriptions;
        this.quota = new Quota(subscriptions);
        this.lookup = lookup;
        this.starts = new Starts(lookup);
        this.ends = new BatchEnds(lookup);
        this.feeds = new FeedTopics(topics, topicCreator, subscriptions, lookup);
    }

    /**
     * These are decided next, at one moment for all of them. Nothing is made for what is refused.
     *
     * @param open whether subscriptions can be opened now
     */
    void begin(List<Request> batch, boolean open) throws InterruptedException {
        ends.begin(batch);
        List<Request> allowed = open ? batch.stream().filter(this::isAllowed).toList() : List.of();
        int symbols = allowed.stream().mapToInt(Changes::symbols).sum();
        feeds.begin(quota.isRoomForNew(allowed.size(), symbols) ? allowed : List.of());
    }

    private boolean isAllowed(Request request) {
        if (request.body() instanceof Request.Body.Valid valid
                && valid.command() instanceof Command.Subscribe subscribe) {
            try {
                places.require(request, subscribe.client());
                quota.requireRoom(subscribe.client(), subscribe.symbols().size());
                return true;
            } catch (Rejected refused) {
                return false;
            }
        }
        return false;
    }

    private static int symbols(Request request) {
        return request.body() instanceof Request.Body.Valid valid
                        && valid.command() instanceof Command.Subscribe subscribe
                ? subscribe.symbols().size()
                : 0;
    }

    Decision subscribe(Request request, Command.Subscribe command) throws Rejected, InterruptedException {
        places.require(request, command.client());
        Optional<Subscription> all = subscriptions.open(command.client(), Symbol.ALL);
        if (command.symbols().contains(Symbol.ALL)) {
            return all.isPresent()
                    ? new Decision(List.of(), subscribed(all.get().feed(), List.of(start(all.get()))))
                    : subscribeToAll(request, command);
        }
        requireNotAll(all);
        Map<Symbol, TickTopic> topicsBySymbol = new LinkedHashMap<>();
        // The tables go on meanwhile: what is decided on is looked up once.
        Map<Symbol, Subscription> kept = new HashMap<>();
        Map<Symbol, Subscription> left = new HashMap<>();
        Map<Symbol, From> wanted = new HashMap<>();
        Map<Symbol, PriceStats> snapshots = new HashMap<>();
        Set<Symbol> awaited = new HashSet<>();
        for (Symbol symbol : command.symbols()) {
            Optional<Subscription> open = subscriptions.open(command.client(), symbol);
            if (open.isPresent() && goesOn(open.get(), request, command)) {
                kept.put(symbol, open.get());
                continue;
            }
            open.ifPresent(subscription -> left.put(symbol, subscription));
            Optional<TickTopic> topic = topic(symbol, command);
            if (topic.isEmpty()) {
                awaited.add(symbol);
                continue;
            }
            topicsBySymbol.put(symbol, topic.get());
            wanted.put(symbol, command.from(symbol));
            snapshot(symbol, topic.get()).ifPresent(snapshot -> snapshots.put(symbol, snapshot));
        }
        int added = topicsBySymbol.size() + awaited.size();
        quota.requireRoom(command.client(), added);
        Map<Symbol, Long> startsBySymbol = starts.of(wanted, snapshots);
        Optional<String> usedFeed = subscriptions.feed(command.client());
        String feed = usedFeed.orElseGet(() -> feeds.name(request, command.client()));

        List<Subscription> written = new ArrayList<>();
        List<Reply.Subscribed.Start> begun = new ArrayList<>();
        for (Symbol symbol : command.symbols()) {
            Subscription before = kept.get(symbol);
            if (before != null) {
                begun.add(start(before));
                continue;
            }
            long start = awaited.contains(symbol) ? 0 : startsBySymbol.get(symbol);
            // What a client that lost everything left open goes as far as the range with which it goes on.
            Optional.ofNullable(left.get(symbol))
                    .map(open -> open.endingAt(Math.max(open.start(), start), request.correlation()))
                    .ifPresent(written::add);
            if (awaited.contains(symbol)) {
                Subscription waiting = waiting(request, command, symbol, feed);
                written.add(waiting);
                begun.add(start(waiting));
                continue;
            }
            Subscription subscription = new Subscription(
                    request.id(),
                    command.client(),
                    symbol,
                    topicsBySymbol.get(symbol).topicId(),
                    feed,
                    start,
                    OptionalLong.empty(),
                    request.correlation(),
                    command.conflate(),
                    command.whenSlow(),
                    false);
            written.add(subscription);
            // The snapshot that the start was taken from, if it was: the table may have gone on meanwhile.
            Optional<PriceStats> snapshot =
                    Optional.ofNullable(snapshots.get(symbol)).filter(stats -> stats.asOf() == start);
            begun.add(new Reply.Subscribed.Start(symbol, subscription.id(), start, snapshot));
        }
        return subscribed(request, command, usedFeed, written, begun);
    }

    /** One subscription that stands for all symbols, and one to each symbol that is there. */
    private Decision subscribeToAll(Request request, Command.Subscribe command) throws Rejected, InterruptedException {
        if (subscriptions.isHolder(command.client())) {
            throw new Rejected(
                    ErrorCode.BAD_REQUEST,
                    "client " + command.client()
                            + " holds subscriptions to symbols by name; to subscribe to all, unsubscribe first or use another client");
        }
        Map<Symbol, TickTopic> present = new LinkedHashMap<>();
        Map<Symbol, From> wanted = new HashMap<>();
        Map<Symbol, PriceStats> snapshots = new HashMap<>();
        lookup.known().bySymbol().forEach((symbol, topic) -> {
            if (topic.isUsable()) {
                present.put(symbol, topic);
                wanted.put(symbol, command.from());
                snapshot(symbol, topic).ifPresent(snapshot -> snapshots.put(symbol, snapshot));
            }
        });
        quota.requireRoom(command.client(), 1 + present.size());
        Map<Symbol, Long> startsBySymbol = starts.of(wanted, snapshots);
        Optional<String> usedFeed = subscriptions.feed(command.client());
        Subscription all =
                waiting(request, command, Symbol.ALL, usedFeed.orElseGet(() -> feeds.name(request, command.client())));
        List<Subscription> written = new ArrayList<>(List.of(all));
        present.forEach((symbol, topic) ->
                written.add(all.bound(Standing.id(all, topic), symbol, topic.topicId(), startsBySymbol.get(symbol))));
        return subscribed(request, command, usedFeed, written, List.of(start(all)));
    }

    /** What subscriptions of clients that wait for topics lead to, now that these topics are there. */
    Binding bind(TickTopics present, Predicate<ClientId> isOwn) {
        Binding binding = new Binding(quota);
        for (Subscription waiting : subscriptions.waiting()) {
            if (isOwn.test(waiting.client())) {
                binding.add(waiting, Standing.bind(waiting, subscriptions.of(waiting.client()), present));
            }
        }
        return binding;
    }

    /** Ends all that a client holds. */
    List<Subscription> end(ClientId client, String correlation) throws Rejected, InterruptedException {
        return ended(subscriptions.open(client), correlation);
    }

    Decision unsubscribe(Request request, Command.Unsubscribe command) throws Rejected, InterruptedException {
        places.require(request, command.client());
        List<Subscription> ending = new ArrayList<>();
        Map<Symbol, Subscription> endedBefore = new HashMap<>();
        Optional<Subscription> all = subscriptions.open(command.client(), Symbol.ALL);
        if (!command.symbols().contains(Symbol.ALL)) {
            requireNotAll(all);
        }
        all.ifPresent(whole -> subscriptions.open(command.client()).stream()
                .filter(part -> Standing.isPartOf(whole, part))
                .forEach(ending::add));
        for (Symbol symbol : command.symbols()) {
            Optional<Subscription> open = subscriptions.open(command.client(), symbol);
            if (open.isPresent()) {
                ending.add(open.get());
            } else {
                endedBefore.put(symbol, endedBySameCommand(request, command.client(), symbol));
            }
        }
        List<Subscription> written = ended(ending, request.correlation());
        Map<Symbol, Subscription> endedBySymbol = new HashMap<>(endedBefore);
        written.forEach(ended -> endedBySymbol.put(ended.symbol(), ended));
        List<Reply.Unsubscribed.End> replied = command.symbols().stream()
                .map(endedBySymbol::get)
                .map(ended -> new Reply.Unsubscribed.End(
                        ended.symbol(), ended.id(), ended.end().orElseThrow()))
                .toList();
        return new Decision(written, new Reply.Unsubscribed(replied));
    }

    /** The subscriptions with the ends of their topics of this moment. */
    private List<Subscription> ended(List<Subscription> ending, String correlation)
            throws Rejected, InterruptedException {
        Map<Symbol, Long> ends = ends(ending);
        return ending.stream()
                .map(subscription -> subscription.endingAt(
                        Math.max(subscription.start(), ends.getOrDefault(subscription.symbol(), 0L)), correlation))
                .toList();
    }

    private static Subscription waiting(Request request, Command.Subscribe command, Symbol symbol, String feed) {
        return new Subscription(
                request.id(),
                command.client(),
                symbol,
                "",
                feed,
                0,
                OptionalLong.empty(),
                request.correlation(),
                command.conflate(),
                command.whenSlow(),
                true);
    }

    /** The topic of a symbol; empty if there is none and the command waits for it. */
    private Optional<TickTopic> topic(Symbol symbol, Command.Subscribe command) throws Rejected, InterruptedException {
        try {
            return Optional.of(lookup.find(symbol));
        } catch (Rejected e) {
            if (command.await() && e.code() == ErrorCode.UNKNOWN_SYMBOL) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void requireNotAll(Optional<Subscription> all) throws Rejected {
        if (all.isPresent()) {
            throw new Rejected(
                    ErrorCode.BAD_REQUEST,
                    "client " + all.get().client()
                            + " holds a subscription to all symbols; name the symbol * to end it, or use another client");
        }
    }

    /** Whether an open subscription stays as it is: always, unless the command names another offset to go on at. */
    private static boolean goesOn(Subscription open, Request request, Command.Subscribe command) {
        Long offset = command.offsets().get(open.symbol());
        return offset == null || offset == open.start() || open.correlationId().equals(request.correlation());
    }

    private Reply.Subscribed.Start start(Subscription subscription) {
        if (!subscription.isBound()) {
            return new Reply.Subscribed.Start(
                    subscription.symbol(),
                    subscription.id(),
                    0,
                    Optional.empty(),
                    Optional.of(Reply.Subscribed.State.WAITING));
        }
        // Only statistics that end where the range begins join with it.
        Optional<PriceStats> snapshot = tables.stats()
                .get(subscription.symbol().name())
                .filter(stats -> stats.asOf() == subscription.start())
                .filter(stats -> stats.topicId().equals(subscription.topicId()));
        return new Reply.Subscribed.Start(subscription.symbol(), subscription.id(), subscription.start(), snapshot);
    }

    private Optional<PriceStats> snapshot(Symbol symbol, TickTopic topic) {
        return tables.stats().get(symbol.name()).filter(stats -> topic.topicId().equals(stats.topicId()));
    }

    /** The ends of the symbols' topics; a symbol whose topic is gone has none, and its range ends where it began. */
    private Map<Symbol, Long> ends(List<Subscription> ending) throws Rejected, InterruptedException {
        List<Symbol> present = new ArrayList<>();
        for (Subscription subscription : ending) {
            if (!subscription.isBound()) {
                continue;
            }
            try {
                if (lookup.find(subscription.symbol()).topicId().equals(subscription.topicId())) {
                    present.add(subscription.symbol());
                }
            } catch (Rejected e) {
                if (e.reply() instanceof Reply.Failed failed && failed.code() == ErrorCode.UNAVAILABLE) {
                    throw e;
                }
            }
        }
        return ends.of(present);
    }

    private Subscription endedBySameCommand(Request request, ClientId client, Symbol symbol) throws Rejected {
        return subscriptions.of(client).stream()
                .filter(subscription -> subscription.symbol().equals(symbol))
                .filter(subscription -> !subscription.isOpen())
                .filter(subscription -> subscription.correlationId().equals(request.correlation()))
                .findFirst()
                .orElseThrow(() -> new Rejected(
                        ErrorCode.NOT_SUBSCRIBED, "client " + client + " has no open subscription to " + symbol));
    }

    /** Makes a new feed where none is used, at last: of a command that is refused nobody would delete it. */
    private Decision subscribed(
            Request request,
            Command.Subscribe command,
            Optional<String> usedFeed,
            List<Subscription> written,
            List<Reply.Subscribed.Start> begun)
            throws Rejected, InterruptedException {
        Reply reply = subscribed(usedFeed.orElseGet(() -> feeds.name(request, command.client())), begun);
        if (usedFeed.isEmpty()) {
            feeds.make(request, command.client());
        }
        return new Decision(written, reply);
    }

    private static Reply subscribed(String feed, List<Reply.Subscribed.Start> starts) throws Rejected {
        Reply reply = new Reply.Subscribed(Optional.of(feed), starts);
        requireFits(reply);
        return reply;
    }

    /** This reply has no pages; one that no topic takes would be tried again for ever. */
    static void requireFits(Reply reply) throws Rejected {
        if (Json.write(reply).length > MOST_REPLY_BYTES) {
            throw new Rejected(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the reply would have more than " + MOST_REPLY_BYTES
                            + " bytes; subscribe to fewer symbols with one command");
        }
    }
}
