package io.tickhub.drill.fault;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All faults. No state. */
public final class Faults {

    private Faults() {}

    /** In the order in which they are run. */
    public static List<Fault> all() {
        return Stream.of(ServiceFaults.all(), TopicFaults.all(), DrainFaults.all(), BrokerFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    public static Optional<Fault> named(String name) {
        return all().stream().filter(fault -> fault.name().equals(name)).findFirst();
    }
}
