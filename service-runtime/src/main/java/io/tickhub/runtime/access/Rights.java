package io.tickhub.runtime.access;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/** The rights of one user, being written down. For one thread. */
final class Rights {

    private static final String ANY_HOST = "*";

    private final String principal;
    private final List<AclBinding> all = new ArrayList<>();

    Rights(String user) {
        this.principal = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, user).toString();
    }

    /** With the topic of a name. */
    Rights topic(String name, AclOperation... operations) {
        return add(ResourceType.TOPIC, name, PatternType.LITERAL, operations);
    }

    /** With all topics whose names begin so. */
    Rights topics(String prefix, AclOperation... operations) {
        return add(ResourceType.TOPIC, prefix, PatternType.PREFIXED, operations);
    }

    Rights group(String name, AclOperation... operations) {
        return add(ResourceType.GROUP, name, PatternType.LITERAL, operations);
    }

    Rights groups(String prefix, AclOperation... operations) {
        return add(ResourceType.GROUP, prefix, PatternType.PREFIXED, operations);
    }

    /** With the transactional ids that begin so: all of them, if the prefix is empty. */
    Rights transactions(String prefix, AclOperation... operations) {
        return prefix.isEmpty()
                ? add(ResourceType.TRANSACTIONAL_ID, ResourcePattern.WILDCARD_RESOURCE, PatternType.LITERAL, operations)
                : add(ResourceType.TRANSACTIONAL_ID, prefix, PatternType.PREFIXED, operations);
    }

    Rights cluster(AclOperation... operations) {
        return add(ResourceType.CLUSTER, Resource.CLUSTER_NAME, PatternType.LITERAL, operations);
    }

    List<AclBinding> list() {
        return List.copyOf(all);
    }

    private Rights add(ResourceType type, String name, PatternType pattern, AclOperation... operations) {
        for (AclOperation operation : operations) {
            all.add(new AclBinding(
                    new ResourcePattern(type, name, pattern),
                    new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW)));
        }
        return this;
    }
}
