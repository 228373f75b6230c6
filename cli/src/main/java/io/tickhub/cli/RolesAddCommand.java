package io.tickhub.cli;

import io.tickhub.model.Topics;
import io.tickhub.runtime.access.Accounts;
import io.tickhub.runtime.access.Login;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub roles add}: makes the users of services. */
@Command(
        name = "add",
        description = {
            "Make the users as whom services connect, or what is missing of them: their rights and passwords.",
            "The password of a role is that in TICKHUB_ROLE_PASSWORD (such as TICKHUB_HUB_PASSWORD); without it a user that has"
                    + " none gets a random one, written to ROLE.properties in the folder."
        },
        footer = {
            "%nExamples:",
            "  tickhub roles add producer hub --command-config admin.properties",
            "  tickhub roles add hub --folder logins --command-config admin.properties"
        },
        mixinStandardHelpOptions = true)
final class RolesAddCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Parameters(
            paramLabel = "ROLE",
            arity = "1..*",
            description =
                    "admin, producer, hub, aggregator or gateway. The brokers' super.users must name the user of admin.")
    private List<ServiceUser> roles = List.of();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where files of random passwords are written (default: here).")
    private Path folder;

    @Override
    public Integer call() throws InterruptedException {
        return options.run((admin, kafka) -> {
            for (ServiceUser role : roles) {
                add(role, admin, kafka);
            }
            return ExitCode.OK;
        });
    }

    private void add(ServiceUser role, Admin admin, KafkaConfig kafka) {
        Topics topics = kafka.topics();
        String user = role.user(topics);
        Accounts accounts = new Accounts(admin);
        accounts.allow(role.rights(topics));
        Optional<Login> given = given(role, user);
        PrintWriter out = spec.commandLine().getOut();
        if (given.isPresent()) {
            accounts.setPassword(given.get());
            out.println(user + ": the password is that of " + role.passwordVariable());
        } else if (accounts.hasPassword(user)) {
            out.println(user + ": the rights are complete, the password stays");
        } else {
            Login login = Login.generated(user);
            Path file = folder.resolve(role + ".properties");
            LoginFile.write(
                    file,
                    login,
                    LoginFile.properties(login, kafka),
                    user + " has no password yet; name a folder that is there with --folder");
            accounts.setPassword(login);
            out.println(user + ": its login stands in " + file);
        }
    }

    private static Optional<Login> given(ServiceUser role, String user) {
        Optional<String> password =
                Optional.ofNullable(System.getenv(role.passwordVariable())).filter(text -> !text.isEmpty());
        try {
            return password.map(text -> new Login(user, text));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(role.passwordVariable() + ": " + e.getMessage()));
        }
    }
}
