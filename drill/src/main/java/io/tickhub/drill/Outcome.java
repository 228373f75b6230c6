package io.tickhub.drill;

import io.tickhub.drill.fault.Fault;
import java.time.Duration;
import java.util.List;

/**
 * What came of one fault. Immutable.
 *
 * @param fault what was done
 * @param standstills the longest time that any symbol's feed or statistics stood still, once for each time
 * @param lost ticks that should be in statistics, feeds or dead letters and are not
 * @param doubled ticks that are there more than once
 * @param complaints one sentence for each thing that is wrong
 */
public record Outcome(Fault fault, List<Duration> standstills, long lost, long doubled, List<String> complaints) {

    public Outcome {
        standstills = List.copyOf(standstills);
        complaints = List.copyOf(complaints);
    }

    /** The longest of the standstills. */
    public Duration worst() {
        return standstills.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Whether nothing was lost or doubled, and all did what they have to. */
    public boolean isGood() {
        return lost == 0 && doubled == 0 && complaints.isEmpty();
    }

    /** Whether the fault's limit was kept each time. */
    public boolean isInTime() {
        return fault.limit().filter(limit -> worst().compareTo(limit) > 0).isEmpty();
    }
}
