package io.tickhub.drill.fault;

import io.tickhub.drill.rig.Await;
import io.tickhub.drill.rig.DrillException;
import io.tickhub.drill.rig.Hand;
import io.tickhub.drill.rig.Rig;
import io.tickhub.drill.rig.Subscriber;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Topics whose records or which themselves are deleted while they are used. No state. */
final class TopicFaults {

    private static final Duration SOON = Duration.ofSeconds(20);

    private TopicFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "retention",
                        1,
                        "retention deletes ticks before the stopped aggregators have counted them",
                        (rig, pace) -> retention(rig)),
                Fault.of(
                        "remake-topic",
                        1,
                        "a symbol's topic is deleted and made again",
                        (rig, pace) -> remakeTopic(rig)),
                Fault.of(
                        "delete-feed",
                        1,
                        "a client's feed is deleted while the hubs write it",
                        (rig, pace) -> deleteFeed(rig)));
    }

    private static void retention(Rig rig) throws InterruptedException {
        Symbol symbol = newSymbol(rig, "BRIEF");
        Hand hand = rig.hand();
        hand.publish(symbol, 100);
        awaitStats(rig, symbol, "100 ticks are counted", stats -> stats.count() == 100);
        String[] aggregators = rig.crew().alive(Role.AGGREGATOR).toArray(String[]::new);
        for (String aggregator : aggregators) {
            rig.crew().terminate(aggregator);
        }
        hand.publish(symbol, 100);
        hand.retire(symbol, 150);
        rig.crew().start(aggregators);
        awaitStats(
                rig,
                symbol,
                "50 ticks are announced as missed, the other 150 counted",
                stats -> stats.count() == 150 && stats.missed() == 50 && stats.since() == 0 && stats.asOf() == 200);
        rig.awaitServed();
        hand.deleteTopic(hand.partition(symbol).topic());
    }

    private static void remakeTopic(Rig rig) throws InterruptedException {
        Symbol symbol = newSymbol(rig, "REMADE");
        Hand hand = rig.hand();
        hand.publish(symbol, 100);
        awaitStats(rig, symbol, "100 ticks are counted", stats -> stats.count() == 100);
        String first = statsOf(rig, symbol).topicId();
        hand.deleteTopic(hand.partition(symbol).topic());
        hand.forget(symbol);
        Await.until("the topic of " + symbol + " can be made again", SOON, () -> isListed(rig, symbol));
        hand.publish(symbol, 30);
        awaitStats(
                rig,
                symbol,
                "the new topic's 30 ticks are counted, and nothing of the old one's",
                stats -> stats.count() == 30
                        && stats.since() == 0
                        && stats.asOf() == 30
                        && !stats.topicId().equals(first));
        try (Subscriber newcomer = rig.connect("newcomer")) {
            var unused = newcomer.subscribe(List.of(symbol));
            hand.publish(symbol, 30);
            Await.until("the new topic's ticks are delivered", SOON, () -> newcomer.reached(symbol) == 60);
        }
        hand.deleteTopic(hand.partition(symbol).topic());
    }

    private static void deleteFeed(Rig rig) throws InterruptedException {
        Symbol symbol = rig.symbols().get(0);
        try (Subscriber victim = rig.connect("victim")) {
            var unused = victim.subscribe(List.of(symbol));
            Await.until("the victim gets ticks", SOON, () -> victim.reached(symbol) > 0);
            String feed = victim.client().subscriptions().stream()
                    .filter(held -> held.client().toString().equals("victim"))
                    .filter(held -> held.end().isEmpty())
                    .findFirst()
                    .orElseThrow()
                    .feed();
            rig.hand().deleteTopic(feed);
            Await.until("the victim is told that its feed broke", SOON, victim::isBroken);
        }
        rig.awaitServed();
        try (Subscriber again = rig.connect("victim")) {
            var unused = again.subscribe(List.of(symbol));
            Await.until("the victim gets ticks in a new feed", SOON, () -> again.reached(symbol) > 0);
        }
    }

    private static Symbol newSymbol(Rig rig, String name) throws InterruptedException {
        Symbol symbol = IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> new Symbol(name + number))
                .filter(each -> rig.stats().get(each.toString()).isEmpty())
                .findFirst()
                .orElseThrow();
        rig.hand().list(symbol);
        return symbol;
    }

    private static boolean isListed(Rig rig, Symbol symbol) {
        try {
            rig.hand().list(symbol);
            return true;
        } catch (DrillException | org.apache.kafka.common.KafkaException stillBeingDeleted) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void awaitStats(Rig rig, Symbol symbol, String what, Predicate<PriceStats> wanted)
            throws InterruptedException {
        Await.until(
                () -> "%s: %s; they are %s".formatted(symbol, what, rig.stats().get(symbol.toString())),
                SOON,
                () -> rig.stats().get(symbol.toString()).filter(wanted).isPresent());
    }

    private static PriceStats statsOf(Rig rig, Symbol symbol) {
        return rig.stats().get(symbol.toString()).orElseThrow();
    }
}
