package io.tickhub.cli;

import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.access.Acls;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.acl.AclBinding;

/** Those who have a user of Kafka beside the clients, as a command line names them. */
enum ServiceUser {
    ADMIN(Optional.empty()),
    PRODUCER(Optional.of(Role.PRODUCER)),
    HUB(Optional.of(Role.HUB)),
    AGGREGATOR(Optional.of(Role.AGGREGATOR)),
    GATEWAY(Optional.of(Role.GATEWAY));

    private final Optional<Role> role;

    ServiceUser(Optional<Role> role) {
        this.role = role;
    }

    /** The name of its user. */
    String user(Topics topics) {
        return role.map(topics::user).orElseGet(topics::adminUser);
    }

    /** An administrator has none: brokers name their super users in {@code super.users}. */
    List<AclBinding> rights(Topics topics) {
        return role.map(its -> Acls.of(its, topics)).orElse(List.of());
    }

    /** The variable of the environment that may hold its password. */
    String passwordVariable() {
        return "TICKHUB_" + name() + "_PASSWORD";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
