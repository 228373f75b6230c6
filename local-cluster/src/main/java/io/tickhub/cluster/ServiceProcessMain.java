package io.tickhub.cluster;

import io.tickhub.model.Role;
import java.util.Arrays;

/** The program of a {@link ServiceProcess}: the service's own main program, and an end when the parent is gone. */
public final class ServiceProcessMain {

    private ServiceProcessMain() {}

    /** The argument is the role. */
    public static void main(String[] args) {
        Role wanted = Arrays.stream(Role.values())
                .filter(role -> role.text().equals(args[0]))
                .findFirst()
                .orElseThrow();
        ParentWatch.begin(() -> {});
        String[] none = {};
        switch (wanted) {
            case HUB -> io.tickhub.hub.Main.main(none);
            case AGGREGATOR -> io.tickhub.aggregator.Main.main(none);
            case PRODUCER -> io.tickhub.producer.Main.main(none);
            case GATEWAY -> io.tickhub.gateway.Main.main(none);
        }
    }
}
