package io.tickhub.cluster;

import io.tickhub.runtime.access.Login;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * The settings by which a local node asks everybody for a password (SCRAM-SHA-512) and allows nothing that was not given. No state.
 *
 * <p>Its controller listens on this machine too, so it must not be open either: whoever could talk to it could give himself any right.
 * A controller cannot know the users of SCRAM before it has begun to work, so there the node shows itself a password that nobody else
 * ever sees, another one at each start.
 */
final class BrokerSecurity {

    private static final String NODE = "tickhub.node";

    private BrokerSecurity() {}

    static Map<String, String> of(BrokerLogins logins) {
        String password = Login.generated(NODE).password();
        Map<String, String> all = new TreeMap<>();
        all.put("listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        all.put("listener.name.clients.sasl.enabled.mechanisms", Login.MECHANISM);
        all.put(
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                logins.adminLogin().jaas());
        all.put("sasl.mechanism.inter.broker.protocol", Login.MECHANISM);
        all.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
        all.put(
                "listener.name.controller.plain.sasl.jaas.config",
                "%s required username=\"%s\" password=\"%s\" user_%s=\"%s\";"
                        .formatted(PlainLoginModule.class.getName(), NODE, password, NODE, password));
        all.put("sasl.mechanism.controller.protocol", "PLAIN");
        all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        all.put("super.users", "User:" + logins.adminLogin().user() + ";User:" + NODE);
        all.put("allow.everyone.if.no.acl.found", "false");
        all.putAll(logins.all().stream()
                .collect(Collectors.toMap(login -> BrokerMain.USER + login.user(), Login::password)));
        return all;
    }
}
