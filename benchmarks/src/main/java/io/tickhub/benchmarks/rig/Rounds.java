package io.tickhub.benchmarks.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Measures several things in turns, so that what happens on the machine meanwhile does not favour one of them. No state. */
public final class Rounds {

    private Rounds() {}

    /** As many rounds as the trial's effort says. */
    public static List<Series> alternate(Trial trial, String unit, List<Contender> contenders)
            throws InterruptedException {
        return alternate(trial, trial.effort().rounds(), unit, contenders);
    }

    /**
     * Measures each contender once in a round that does not count, and once in each round that does; every second round goes
     * backwards.
     *
     * @param rounds that count, 1 or more
     * @return one series of each contender, in their order
     */
    public static List<Series> alternate(Trial trial, int rounds, String unit, List<Contender> contenders)
            throws InterruptedException {
        Map<Integer, List<Double>> values = new TreeMap<>();
        IntStream.range(0, contenders.size()).forEach(number -> values.put(number, new ArrayList<>()));
        for (int round = 0; round <= rounds; round++) {
            trial.tell(round == 0 ? "a round to warm up" : "round %d of %d".formatted(round, rounds));
            for (int i = 0; i < contenders.size(); i++) {
                int number = round % 2 == 0 ? i : contenders.size() - 1 - i;
                double value = contenders.get(number).run().measure();
                if (round > 0) {
                    values.get(number).add(value);
                }
            }
        }
        return IntStream.range(0, contenders.size())
                .mapToObj(number -> new Series(contenders.get(number).name(), unit, values.get(number)))
                .toList();
    }
}
