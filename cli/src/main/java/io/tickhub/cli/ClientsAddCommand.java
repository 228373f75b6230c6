package io.tickhub.cli;

import io.tickhub.model.ClientId;
import io.tickhub.runtime.access.ClientAccounts;
import io.tickhub.runtime.access.ClientAccounts.Delivery;
import io.tickhub.runtime.access.ClientAccounts.Password;
import io.tickhub.runtime.access.Login;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub clients add}: makes a client. */
@Command(
        name = "add",
        description = {
            "Make a client, or what is missing of it: its topics, its rights, its user and password.",
            "A new password is shown once, as client properties, or written to a file that only you can read."
        },
        footer = {
            "%nExamples:",
            "  tickhub clients add alice --write alice.properties",
            "  tickhub clients add alice --new-password --command-config admin.properties"
        },
        mixinStandardHelpOptions = true)
final class ClientsAddCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Parameters(paramLabel = "NAME", converter = ClientIdConverter.class, description = "Name of the client.")
    private ClientId client;

    @Option(names = "--write", paramLabel = "FILE", description = "Write the login to this file instead.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--direct",
            description = "Let it also read the topics of all symbols by itself, for delivery without a feed.")
    private boolean direct;

    @ArgGroup
    private PasswordChoice password = new PasswordChoice();

    /** What becomes of the password of a user that is there already. */
    private static final class PasswordChoice {

        @Option(names = "--new-password", description = "Change the password of a user that is there already.")
        private boolean fresh;

        @Option(
                names = "--keep-password",
                description = "Make a user a client that was made elsewhere; its password stays.")
        private boolean kept;

        Password wanted() {
            if (fresh) {
                return Password.NEW;
            }
            return kept ? Password.KEPT : Password.OF_OUR_CLIENT;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run((admin, kafka) -> {
            Optional<Login> login = new ClientAccounts(admin, kafka.topics())
                    .add(client, direct ? Delivery.DIRECT_TOO : Delivery.FEEDS, password.wanted());
            return login.isPresent() ? hand(login.get(), kafka) : tellThatItStays();
        });
    }

    private int hand(Login login, KafkaConfig kafka) {
        Map<String, String> properties = new LinkedHashMap<>(LoginFile.properties(login, kafka));
        properties.put(ConnectionOptions.CLIENT, client.name());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (file.isPresent()) {
            LoginFile.write(
                    file.get(),
                    login,
                    properties,
                    "the new password of " + client + " is lost; do it again with --new-password");
            out.println(client + " is a client now; its login stands in " + file.get() + ", for --command-config");
        } else {
            properties.forEach((name, value) -> out.println(name + "=" + value));
            err.println("tickhub: " + client + " is a client now; this is its login, for a file that only " + client
                    + " can read: nobody can ask for it again");
        }
        return ExitCode.OK;
    }

    private int tellThatItStays() {
        spec.commandLine()
                .getOut()
                .println(client + " is a client: its topics and rights are complete, and its password stays");
        if (file.isPresent() && !Files.exists(file.get())) {
            spec.commandLine()
                    .getErr()
                    .println("tickhub: " + file.get()
                            + " was not written, because nobody knows the password; --new-password makes another one");
            return ExitCode.FAILED;
        }
        return ExitCode.OK;
    }
}
