package io.tickhub.benchmarks.command;

import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.Symbol;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One client of many: PING and GET_STATS in turn, and each tenth time it subscribes to a symbol or unsubscribes from it again. It asks
 * for no change while one is under way. For one thread.
 */
final class Caller {

    private static final int CHANGE_EACH = 10;

    private final ClientId client;
    private final Symbol kept;
    private final Symbol symbol;
    private int turn;
    private boolean subscribed;
    private CompletableFuture<Answer> change = CompletableFuture.completedFuture(null);

    /**
     * @param kept its feed stays because of this one
     * @param symbol to which it subscribes and from which it unsubscribes
     */
    Caller(ClientId client, Symbol kept, Symbol symbol, int firstTurn) {
        this.client = client;
        this.kept = kept;
        this.symbol = symbol;
        this.turn = firstTurn;
    }

    /** Subscribes to the symbol that it keeps. */
    CompletableFuture<Answer> begin(Requester requester) {
        return requester.send(Command.Subscribe.live(client, List.of(kept)), System.nanoTime());
    }

    CompletableFuture<Answer> next(Requester requester, long dueNanos) {
        turn++;
        if (turn % CHANGE_EACH == 0 && change.isDone()) {
            Command command = subscribed
                    ? new Command.Unsubscribe(client, List.of(symbol))
                    : Command.Subscribe.live(client, List.of(symbol));
            subscribed = !subscribed;
            change = requester.send(command, dueNanos);
            return change;
        }
        return requester.send(
                turn % 2 == 0
                        ? new Command.Ping(client)
                        : new Command.GetStats(client, List.of(symbol), Optional.empty()),
                dueNanos);
    }
}
