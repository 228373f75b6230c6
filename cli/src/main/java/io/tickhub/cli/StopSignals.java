package io.tickhub.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ctrl-C and SIGTERM as values: the first asks for an orderly stop, the second ends the process at once. Thread safe.
 *
 * <p>A shutdown hook cannot tell the second from the first, and fixes the exit code. The JDK's signal class is reached by reflection:
 * it is there in every JDK, but naming it gives a compiler warning that cannot be turned off.
 *
 * <p>What the process must put right before it ends at once, such as the terminal, is a last act. Signals are the whole process's, and
 * so are these.
 */
final class StopSignals {

    private static final int INTERRUPTED = 130;

    /** A last act may wait for an output that nobody reads. */
    private static final Duration LAST_ACTS_TIMEOUT = Duration.ofSeconds(1);

    private static final Set<Runnable> LAST_ACTS = ConcurrentHashMap.newKeySet();

    private StopSignals() {}

    /**
     * Something to be done before the second signal ends the process: on a thread of its own, and all of them within 1 s.
     *
     * @return takes it back
     */
    static Runnable beforeHalt(Runnable act) {
        LAST_ACTS.add(act);
        return () -> LAST_ACTS.remove(act);
    }

    /** Completes at the first signal. From now on a second one ends the process with exit code {@value #INTERRUPTED}. */
    static CompletableFuture<Void> listen() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                if (!asked.complete(null)) {
                    halt();
                }
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "StopSignals";
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handlerType}, handler);
            for (String name : new String[] {"INT", "TERM", "HUP"}) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM cannot tell when to stop: it has no sun.misc.Signal", e);
        }
        return asked;
    }

    private static void halt() {
        Thread acts = Thread.ofPlatform().daemon().name("last-acts").start(() -> LAST_ACTS.forEach(Runnable::run));
        try {
            acts.join(LAST_ACTS_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(INTERRUPTED);
    }
}
