package io.tickhub.drill.rig;

import io.tickhub.client.NoHubException;
import io.tickhub.cluster.Brokers;
import io.tickhub.drill.proof.Findings;
import io.tickhub.drill.proof.Proof;
import io.tickhub.model.DrainState;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.table.CompactedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * A whole system to be broken: brokers, two hubs, two aggregators and a producer as processes, subscribers in this process, and the
 * proof. Owns all of it but the brokers. For one thread.
 */
public final class Rig implements AutoCloseable {

    private static final String[] USUAL_CREW = {"hub-1", "hub-2", "aggregator-1", "aggregator-2", "producer-1"};
    private static final Duration SUBSCRIBE = Duration.ofMinutes(1);
    private static final Duration SERVED = Duration.ofMinutes(4);
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PROVED = Duration.ofSeconds(60);

    private final Brokers brokers;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Freshness freshness = new Freshness();
    private final Installation system;
    private final Proof proof;
    private Findings findings = new Findings();

    private Rig(RigConfig config, Brokers brokers) throws InterruptedException {
        this.brokers = brokers;
        this.system = own(Installation.on(brokers, config));
        this.proof = own(new Proof(
                system.kafka(), system.admin(), system.stats(), system.subscriptions(), system.symbols(), PROVED));
        own(new StatsWatch(system.stats(), freshness));
    }

    /**
     * Starts the services and subscribers, and waits until ticks flow.
     *
     * @param brokers used, not owned
     * @throws DrillException if anything does not start in time; nothing is left running
     */
    public static Rig start(RigConfig config, Brokers brokers) throws InterruptedException {
        Rig rig = new Rig(config, brokers);
        try {
            rig.crew().start(USUAL_CREW);
            rig.hand().beginBroken(rig.symbols());
            rig.subscribe(config.subscribers());
            rig.watch();
            rig.awaitServed();
            return rig;
        } catch (RuntimeException | InterruptedException e) {
            rig.close();
            throw e;
        }
    }

    public Brokers brokers() {
        return brokers;
    }

    public Crew crew() {
        return system.crew();
    }

    public Hand hand() {
        return system.hand();
    }

    public List<Symbol> symbols() {
        return system.symbols();
    }

    /** The statistics as they are published. */
    public CompactedTable<PriceStats> stats() {
        return system.stats();
    }

    /** The drain that holds or held last. */
    public CompactedTable<DrainState> control() {
        return system.control();
    }

    /** Connects one more client; the caller owns it. */
    public Subscriber connect(String name) {
        return Subscriber.connect(name, system.kafka(), freshness);
    }

    /** Starts the whole crew again after all have ended. */
    public void startAgain() throws InterruptedException {
        crew().start(USUAL_CREW);
    }

    /** Begins to measure how long anything stands still. */
    public void watch() {
        freshness.begin(symbols().stream()
                .flatMap(symbol -> Stream.of(Subscriber.line(symbol), StatsWatch.line(symbol)))
                .toList());
    }

    /** Waits until ticks that were published after this call have arrived by every symbol's feed and in its statistics. */
    public void awaitServed() throws InterruptedException {
        Instant since = Instant.now();
        try {
            Await.until(
                    () -> "no new ticks or statistics: " + freshness.unserved(since),
                    SERVED,
                    () -> freshness.isServedSince(since));
        } catch (DrillException e) {
            throw new DrillException(e.getMessage() + whereAreThey(freshness.unserved(since)), e);
        }
    }

    /** What can be known from outside of the symbols that do not arrive. */
    private String whereAreThey(List<String> unserved) throws InterruptedException {
        StringBuilder known = new StringBuilder();
        for (Symbol symbol : symbols()) {
            if (unserved.contains(Subscriber.line(symbol)) || unserved.contains(StatsWatch.line(symbol))) {
                known.append("; ").append(symbol);
                for (String group : List.of("hub", "aggregator")) {
                    known.append(", ").append(hand().progress(group, symbol));
                }
                known.append(", ").append(held(symbol));
            }
        }
        return known.toString();
    }

    private String held(Symbol symbol) {
        try {
            return subscribers.get(0).client().subscriptions().stream()
                    .filter(held -> held.symbol().equals(symbol))
                    .toList()
                    .toString();
        } catch (RuntimeException e) {
            return "the hub does not tell its subscriptions: " + e.getMessage();
        }
    }

    /** Gives every symbol's feed and statistics a while to come as fast as they are published; a slow machine may never get there. */
    public void settle() throws InterruptedException {
        long deadline = System.nanoTime() + SETTLED.toNanos();
        while (!freshness.isFresh() && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK);
        }
    }

    /** The longest time that any feed or any statistics stood still since {@link #watch}. */
    public Duration standstill() {
        return freshness.longest();
    }

    /** Proves that nothing is lost or doubled up to now. */
    public void prove() {
        proof.run(findings);
    }

    /** Proves, and tells what was found since this was last asked; also who died unseen and what clients were told is missing. */
    public Findings findings() {
        prove();
        crew().deaths().forEach(findings::complain);
        for (Subscriber subscriber : subscribers) {
            if (subscriber.missing() > 0) {
                findings.lost(
                        subscriber.missing(),
                        "%s was told of %d missing offsets".formatted(subscriber.name(), subscriber.missing()));
            }
            if (subscriber.isBroken()) {
                findings.complain("the feed of " + subscriber.name() + " broke");
            }
        }
        Findings all = findings;
        findings = new Findings();
        return all;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new DrillException("the drill could not be ended well: " + e.getMessage(), e);
            }
        }
    }

    /** Each takes its share of the symbols, and one that another has too. */
    private void subscribe(int count) throws InterruptedException {
        List<Symbol> symbols = symbols();
        for (int i = 0; i < count; i++) {
            Subscriber subscriber = own(connect("subscriber-" + (i + 1)));
            List<Symbol> share = new ArrayList<>();
            for (int j = i; j < symbols.size(); j += count) {
                share.add(symbols.get(j));
            }
            share.add(symbols.get((i + 1) % symbols.size()));
            // A hub that has just started on a busy machine may not be heard of for a while.
            Await.until(subscriber.name() + " has subscribed", SUBSCRIBE, () -> isSubscribed(subscriber, share));
            subscribers.add(subscriber);
        }
    }

    private static boolean isSubscribed(Subscriber subscriber, List<Symbol> symbols) {
        try {
            var unused = subscriber.subscribe(symbols.stream().distinct().toList());
            return true;
        } catch (NoHubException e) {
            return false;
        }
    }

    private <C extends AutoCloseable> C own(C closeable) {
        opened.push(closeable);
        return closeable;
    }
}
