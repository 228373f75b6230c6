package io.tickhub.runtime.access;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * The users of a Kafka cluster, changed by an administrator: passwords and rights. What is there already is left as it is. Every method
 * waits until the cluster has done it. Thread safe; does not own the admin client.
 */
public final class Accounts {

    private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_512;
    private static final int ITERATIONS = 8_192;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Admin admin;

    public Accounts(Admin admin) {
        this.admin = admin;
    }

    /**
     * Gives rights, and returns when the broker that is asked knows them.
     *
     * @throws AccessException if the cluster does not ask who may do what
     */
    public void allow(Collection<AclBinding> rights) {
        get(admin.createAcls(rights).all());
        await(
                "the rights that were given",
                () -> get(admin.describeAcls(AclBindingFilter.ANY).values()).containsAll(rights));
    }

    /** Takes rights away. */
    public void disallow(Collection<AclBinding> rights) {
        var unused =
                get(admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList())
                        .all());
    }

    /** The rights that name a user. */
    public Set<AclBinding> rights(String user) {
        String principal = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, user).toString();
        return new HashSet<>(get(admin.describeAcls(new AclBindingFilter(
                        ResourcePatternFilter.ANY,
                        new AccessControlEntryFilter(principal, null, AclOperation.ANY, AclPermissionType.ANY)))
                .values()));
    }

    /** Whether a user has a password of our kind. */
    public boolean hasPassword(String user) {
        try {
            return admin.describeUserScramCredentials(List.of(user)).description(user).get().credentialInfos().stream()
                    .map(ScramCredentialInfo::mechanism)
                    .anyMatch(MECHANISM::equals);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ResourceNotFoundException) {
                return false;
            }
            throw failure(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Makes the user, or changes its password; old passwords of connections that are open go on until these end. */
    public void setPassword(Login login) {
        get(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        login.user(), new ScramCredentialInfo(MECHANISM, ITERATIONS), login.password())))
                .all());
        await("the user " + login.user(), () -> hasPassword(login.user()));
    }

    /** Nobody can connect as this user any more. */
    public void removePassword(String user) {
        get(admin.alterUserScramCredentials(List.of(new UserScramCredentialDeletion(user, MECHANISM)))
                .all());
        await("the end of the user " + user, () -> !hasPassword(user));
    }

    /** What the controller has done, the broker that is asked learns a moment later. */
    private static void await(String what, BooleanSupplier isKnown) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isKnown.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AccessException(
                        "the broker that was asked did not know of " + what + " within " + PATIENCE.toSeconds() + " s");
            }
            pause();
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "the cluster did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case SecurityDisabledException off ->
                new AccessException(
                        "this cluster asks nobody who may do what: its brokers have no authorizer.class.name; "
                                + "'tickhub up --secure' starts one that does",
                        off);
            case KafkaException cause -> cause;
            default -> new KafkaException(e.getCause());
        };
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
