package io.tickhub.runtime.access;

import static org.apache.kafka.common.acl.AclOperation.CLUSTER_ACTION;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.tickhub.model.ClientId;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.internals.Topic;

/**
 * What the users of a system may do with Kafka, and nothing besides: the one list of all rights. Administrators are super users of the
 * brokers and need none. No state.
 *
 * <p>In Kafka the rights to read and to write a resource hold the right to describe it, and an idempotent producer needs no other right
 * than to write its topic.
 */
public final class Acls {

    private Acls() {}

    /** The rights of the services of a role. */
    public static List<AclBinding> of(Role role, Topics topics) {
        Rights rights = new Rights(topics.user(role));
        // Every service makes sure of all these topics at its start, says that it is there, follows a shutdown, and
        // sees from the
        // log of metadata that there are new topics.
        topics.system().forEach(topic -> rights.topic(topic.name(), CREATE, DESCRIBE));
        rights.topic(topics.services().name(), READ, WRITE)
                .topic(topics.control().name(), READ)
                .topic(topics.deadLetters().name(), WRITE)
                .topics(topics.tickPrefix(), READ)
                .cluster(DESCRIBE);
        switch (role) {
            case PRODUCER -> producer(rights, topics);
            case HUB -> hub(rights, topics);
            case AGGREGATOR -> aggregator(rights, topics);
            case GATEWAY -> gateway(rights, topics);
        }
        return rights.list();
    }

    /**
     * The rights of a client that has topics of its own. The prefix of its feeds is exact: no client's name has a {@code .}. It reads
     * {@code services} to know whether a hub is there.
     */
    public static List<AclBinding> of(ClientId client, Topics topics) {
        return new Rights(client.name())
                .topic(topics.commands(client).name(), WRITE)
                .topic(topics.replies(client).name(), READ)
                .topics(topics.feedPrefix(client), READ)
                .group(topics.feedGroup(client), READ)
                .topic(topics.services().name(), READ)
                .list();
    }

    /** The right of a client to read the ticks of all symbols by itself, which delivery without a feed needs. */
    public static List<AclBinding> direct(ClientId client, Topics topics) {
        return new Rights(client.name()).topics(topics.tickPrefix(), READ).list();
    }

    /** A replay that is resumed reads what has arrived. */
    private static void producer(Rights rights, Topics topics) {
        rights.topics(topics.tickPrefix(), CREATE, WRITE)
                .topic(topics.deadLetters().name(), READ);
    }

    private static void hub(Rights rights, Topics topics) {
        rights.topic(topics.commands().name(), READ)
                .topic(topics.adminCommands().name(), READ)
                .topics(topics.commandPrefix(), READ)
                .topic(topics.replies().name(), WRITE)
                .topics(topics.replyPrefix(), WRITE)
                .topics(topics.feedPrefix(), CREATE, WRITE, DELETE)
                .topic(topics.subscriptions().name(), READ, WRITE)
                .topic(topics.progress().name(), READ, WRITE)
                .topic(topics.leases().name(), READ, WRITE)
                .topic(topics.stats().name(), READ)
                .topic(topics.sessions().name(), READ)
                .topics(topics.barPrefix(), READ)
                .topic(topics.control().name(), WRITE)
                .group(topics.group("hub"), READ)
                .group(topics.group("hub-commands"), READ)
                .groups(topics.feedGroupPrefix(), DESCRIBE)
                .transactions(topics.prefix(), WRITE);
        // To end what the cluster has forgotten: brokers let those see open transactions who may read the topic, keep
        // what was decided
        // in a topic of theirs, and take markers from those who may act as a part of the cluster. A transaction whose
        // id it could not see
        // would count as one on which nothing was decided, whoever's it is.
        rights.topic(topics.replies().name(), READ)
                .topics(topics.replyPrefix(), READ)
                .topics(topics.feedPrefix(), READ)
                .topic(topics.aggregatorState().name(), READ)
                .topic(topics.deadLetters().name(), READ)
                .topic(Topic.GROUP_METADATA_TOPIC_NAME, READ)
                .topic(Topic.TRANSACTION_STATE_TOPIC_NAME, READ)
                .transactions("", DESCRIBE)
                .cluster(CLUSTER_ACTION);
    }

    private static void aggregator(Rights rights, Topics topics) {
        rights.topic(topics.stats().name(), READ, WRITE)
                .topic(topics.aggregatorState().name(), READ, WRITE)
                .topic(topics.sessions().name(), WRITE)
                .topics(topics.barPrefix(), CREATE, WRITE)
                .group(topics.group("aggregator"), READ)
                .transactions(topics.prefix(), WRITE);
    }

    /**
     * A client on the topics of all, whose name begins with its role, and so its feeds. It also reads what a page shows of the system:
     * statistics, dead letters, and how far the groups are.
     */
    private static void gateway(Rights rights, Topics topics) {
        rights.topic(topics.commands().name(), WRITE)
                .topic(topics.replies().name(), READ)
                .topics(topics.feedPrefix() + Role.GATEWAY.text(), READ)
                .groups(topics.feedGroupPrefix() + Role.GATEWAY.text(), READ)
                .topic(topics.stats().name(), READ)
                .topic(topics.deadLetters().name(), READ)
                .group(topics.group("hub"), DESCRIBE)
                .group(topics.group("aggregator"), DESCRIBE);
    }
}
