package io.tickhub.runtime.access;

import io.tickhub.model.ClientId;
import io.tickhub.model.Topics;
import io.tickhub.runtime.topic.TopicCreator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The clients that have topics of their own: a user of Kafka each, with the client's name, that may do what its client needs and no
 * more. Thread safe; does not own the admin client.
 *
 * <p>A client is there when its topic of commands is. So that is made after the rights and before the password, and everything can be
 * done again.
 */
public final class ClientAccounts {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Admin admin;
    private final Topics topics;
    private final Accounts accounts;

    /** How a client gets its ticks. */
    public enum Delivery {
        /** Through feeds alone. */
        FEEDS,
        /** It may also read the topics of all symbols by itself. */
        DIRECT_TOO
    }

    /** What becomes of the password of a user that is there already. */
    public enum Password {
        /** It stays, if the client is one that was made here; a user from elsewhere is refused. */
        OF_OUR_CLIENT,
        /** It stays, whoever made the user. */
        KEPT,
        /** It is replaced. */
        NEW
    }

    /**
     * A client as it is.
     *
     * @param client the client
     * @param hasPassword whether it can connect by a password of ours
     * @param missing the rights that it should have and has not
     * @param delivery what it may read
     */
    public record Account(ClientId client, boolean hasPassword, List<AclBinding> missing, Delivery delivery) {}

    public ClientAccounts(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
        this.accounts = new Accounts(admin);
    }

    /**
     * Makes a client, or what is missing of it.
     *
     * @return the password if there is a new one: nobody can ask for it again
     * @throws AccessException if there is a user of this name that was not made here, or the cluster has no rights at all
     */
    public Optional<Login> add(ClientId client, Delivery delivery, Password password) throws InterruptedException {
        boolean hadPassword = accounts.hasPassword(client.name());
        if (hadPassword && password == Password.OF_OUR_CLIENT && !all().contains(client)) {
            throw new AccessException(
                    "Kafka has a user " + client + " already, which is no client of this system: choose another"
                            + " name; or --keep-password makes that user a client, --new-password changes its password too");
        }
        accounts.allow(rights(client, delivery));
        var unused = new TopicCreator(admin).create(List.of(topics.commands(client), topics.replies(client)));
        if (hadPassword && password != Password.NEW) {
            return Optional.empty();
        }
        Login login = Login.generated(client.name());
        accounts.setPassword(login);
        return Optional.of(login);
    }

    /**
     * Removes a client: its rights, its password unless that is kept, its topics. Its subscriptions end as those of a client that is
     * silent, and its feeds are removed after them.
     *
     * @throws AccessException if there is no such client
     */
    public void remove(ClientId client, Password password) throws InterruptedException {
        if (!all().contains(client)) {
            throw new AccessException("there is no client " + client + ": topic "
                    + topics.commands(client).name() + " does not exist");
        }
        accounts.disallow(rights(client, Delivery.DIRECT_TOO));
        if (password != Password.KEPT && accounts.hasPassword(client.name())) {
            accounts.removePassword(client.name());
        }
        delete(topics.replies(client).name());
        // Last: while it is there, all of this can be done again.
        delete(topics.commands(client).name());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (all().contains(client)) {
            if (System.nanoTime() > deadline) {
                throw new AccessException("the topics of client " + client + " were still there " + PATIENCE.toSeconds()
                        + " s after they had been deleted");
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /** All clients that have topics of their own, in order. */
    public List<Account> list() throws InterruptedException {
        return all().stream().map(this::account).toList();
    }

    private Account account(ClientId client) {
        Set<AclBinding> has = accounts.rights(client.name());
        List<AclBinding> missing = new ArrayList<>(Acls.of(client, topics));
        missing.removeAll(has);
        return new Account(
                client,
                accounts.hasPassword(client.name()),
                List.copyOf(missing),
                has.containsAll(Acls.direct(client, topics)) ? Delivery.DIRECT_TOO : Delivery.FEEDS);
    }

    private List<AclBinding> rights(ClientId client, Delivery delivery) {
        List<AclBinding> rights = new ArrayList<>(Acls.of(client, topics));
        if (delivery == Delivery.DIRECT_TOO) {
            rights.addAll(Acls.direct(client, topics));
        }
        return rights;
    }

    private List<ClientId> all() throws InterruptedException {
        try {
            return admin.listTopics().names().get().stream()
                    .flatMap(topic -> topics.clientOfCommands(topic).stream())
                    .sorted()
                    .toList();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private void delete(String topic) throws InterruptedException {
        try {
            var unused = admin.deleteTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw failure(e);
            }
        }
    }

    private static KafkaException failure(ExecutionException e) {
        return e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
}
