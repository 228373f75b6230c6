package io.tickhub.benchmarks.concurrency;

import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Ten producers and some workers in this process: each worker takes from a bounded channel of its own, works on each quote, and adds it
 * to its totals. Without workers the producers do it themselves, on totals that they share. Immutable.
 *
 * @param workers 0 for none
 * @param work on each quote, outside any lock
 */
record Pipeline(Design design, int workers, CpuWork work) {

    static final int PRODUCERS = 10;
    static final int CHANNEL = 1_024;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<Symbol> SYMBOLS = IntStream.rangeClosed(1, 20)
            .mapToObj(number -> new Symbol("SIM%02d".formatted(number)))
            .toList();

    /** The last in a channel. */
    private static final Quote END = new Quote(new Symbol("END"), 0);

    String words() {
        return (workers == 0 ? "no channel" : workers == 1 ? "1 worker" : workers + " workers") + ", " + design.words();
    }

    /**
     * Carries quotes through, once.
     *
     * @param quotesEach of each producer
     * @return quotes a second, from when all threads run to the last that is counted
     * @throws IllegalStateException if not every quote was counted once
     */
    double quotesPerSecond(int quotesEach) throws InterruptedException {
        List<Totals> totals = design.totals(Math.max(1, workers));
        List<BlockingQueue<Quote>> channels = IntStream.range(0, workers)
                .<BlockingQueue<Quote>>mapToObj(unused -> new ArrayBlockingQueue<>(CHANNEL))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS + workers);
        CountDownLatch running = new CountDownLatch(PRODUCERS + workers);
        CountDownLatch begin = new CountDownLatch(1);
        try {
            List<Future<?>> producing = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                int producer = i;
                producing.add(threads.submit(
                        after(begin, running, () -> produce(producer, quotesEach, channels, totals.getFirst()))));
            }
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int worker = i;
                working.add(
                        threads.submit(after(begin, running, () -> work(channels.get(worker), totals.get(worker)))));
            }
            running.await();
            long began = System.nanoTime();
            begin.countDown();
            await(producing);
            for (BlockingQueue<Quote> channel : channels) {
                channel.put(END);
            }
            await(working);
            double seconds = (System.nanoTime() - began) / 1e9;
            requireAll(totals, quotesEach);
            return PRODUCERS * quotesEach / seconds;
        } finally {
            // Where a thread has died, others wait for it.
            threads.shutdownNow();
        }
    }

    /** A task whose thread first tells that it runs, and waits until all begin. */
    private static Callable<Void> after(CountDownLatch begin, CountDownLatch running, Callable<Void> task) {
        return () -> {
            running.countDown();
            begin.await();
            return task.call();
        };
    }

    private Void produce(int producer, int count, List<BlockingQueue<Quote>> channels, Totals shared)
            throws InterruptedException {
        double results = 0;
        for (int turn = 0; turn < count; turn++) {
            Quote quote = new Quote(SYMBOLS.get((producer + turn) % SYMBOLS.size()), price(turn));
            if (workers == 0) {
                results += work.run(quote.cents());
                shared.add(quote);
            } else {
                channels.get(design.worker(quote, turn, workers)).put(quote);
            }
        }
        CpuWork.keep(results);
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the end is this very object
    private Void work(BlockingQueue<Quote> channel, Totals totals) throws InterruptedException {
        double results = 0;
        for (Quote quote = channel.take(); quote != END; quote = channel.take()) {
            results += work.run(quote.cents());
            totals.add(quote);
        }
        CpuWork.keep(results);
        return null;
    }

    private void requireAll(List<Totals> totals, int quotesEach) {
        Totals.Sum sent = new Totals.Sum(
                (long) PRODUCERS * quotesEach,
                PRODUCERS
                        * IntStream.range(0, quotesEach)
                                .mapToLong(Pipeline::price)
                                .sum());
        Totals.Sum counted = totals.stream().distinct().map(Totals::sum).reduce(Totals.Sum.NOTHING, Totals.Sum::and);
        if (!counted.equals(sent)) {
            throw new IllegalStateException(words() + ": sent were " + sent + ", counted were " + counted);
        }
    }

    private static long price(int turn) {
        return 18_725L + turn % 100;
    }

    private static void await(List<Future<?>> futures) throws InterruptedException {
        for (Future<?> future : futures) {
            try {
                future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a thread of the pipeline died: " + e.getCause(), e);
            } catch (TimeoutException e) {
                throw new IllegalStateException("not everything was counted within " + PATIENCE, e);
            }
        }
    }
}
