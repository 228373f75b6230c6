package io.tickhub.cluster;

import io.tickhub.model.Role;
import io.tickhub.runtime.config.RuntimeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A service in a JVM of its own, to which everything can be done that happens to a process. It ends by itself when the process that
 * started it is gone. Owns the child process. Thread safe.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration END_DEADLINE = Duration.ofSeconds(10);

    private final Role role;
    private final String name;
    private final Path log;
    private final Process process;

    private ServiceProcess(Role role, String name, Path log, Process process) {
        this.role = role;
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a service; whether it serves is to be seen in {@code services}.
     *
     * @param environment added to that of this process; it names the instance
     * @param log what the service prints is appended here
     */
    public static ServiceProcess start(Role role, Map<String, String> environment, JvmOptions jvm, Path log) {
        ProcessBuilder builder = ChildJvm.of(jvm, ServiceProcessMain.class, List.of(role.text()));
        builder.environment().putAll(environment);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new ServiceProcess(role, environment.get(RuntimeConfig.INSTANCE.name()), log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the JVM of a " + role.text() + " could not be started", e);
        }
    }

    public Role role() {
        return role;
    }

    /** The instance's name. */
    public String name() {
        return name;
    }

    /** What the service has printed. */
    public Path log() {
        return log;
    }

    /** Number of the process, for the tools of the operating system and the JDK. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the process has ended, for whatever reason. */
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks it to stop, as SIGTERM does; does not wait. */
    public void terminate() {
        ChildJvm.terminate(process);
    }

    /** Ends it at once, as SIGKILL does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!ChildJvm.hasEndedWithin(process, END_DEADLINE)) {
            throw new IllegalStateException("the process of " + name + " did not die within " + END_DEADLINE);
        }
    }

    /** Halts it in the middle of whatever it does, as SIGSTOP does. */
    public void pause() {
        ChildJvm.signal(process, "STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        ChildJvm.signal(process, "CONT");
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill();
    }
}
