package io.tickhub.benchmarks.command;

import io.tickhub.model.ClientId;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Many clients that ask at a fixed rate, whether or not answers come. For one thread. Owns nothing. */
public final class CommandLoad {

    private static final long NAP_NANOS = 500_000;

    private final Requester requester;
    private final List<Caller> callers;
    private final List<Answer> notable = new ArrayList<>();
    private long lost;

    /** @param symbols two or more, which exist */
    public CommandLoad(Requester requester, int clients, List<Symbol> symbols) {
        this.requester = requester;
        this.callers = IntStream.range(0, clients)
                .mapToObj(number -> new Caller(
                        new ClientId("caller-" + number),
                        symbols.getFirst(),
                        symbols.get(1 + number % (symbols.size() - 1)),
                        number))
                .toList();
    }

    /** Each client subscribes to a first symbol, for which the hub makes its feed; returns when all have been answered. */
    public List<Answer> begin() {
        return collect(callers.stream().map(caller -> caller.begin(requester)).toList());
    }

    /** Asks for so long, and returns the answers when all have come or are given up. */
    public List<Answer> run(int requestsPerSecond, Duration duration) {
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        long began = System.nanoTime();
        long total = requestsPerSecond * duration.toMillis() / 1_000;
        for (int i = 0; i < total; i++) {
            long due = began + i * 1_000_000_000L / requestsPerSecond;
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(NAP_NANOS);
            }
            asked.add(callers.get(i % callers.size()).next(requester, due));
        }
        return collect(asked);
    }

    /** The answers until now that tell of a change or a refusal. All of them would be much work for this JVM's collector, which the times would show. */
    public List<Answer> notable() {
        return List.copyOf(notable);
    }

    /** Requests that were never answered, although they were repeated. */
    public long lost() {
        return lost;
    }

    private List<Answer> collect(List<CompletableFuture<Answer>> asked) {
        List<Answer> come = new ArrayList<>();
        for (CompletableFuture<Answer> answer : asked) {
            try {
                come.add(answer.join());
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
                lost++;
            }
        }
        come.stream().filter(answer -> answer.isChange() || !answer.isGood()).forEach(notable::add);
        return come;
    }
}
