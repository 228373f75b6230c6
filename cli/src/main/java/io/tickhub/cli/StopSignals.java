package io.tickhub.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/**
 * Ctrl-C and SIGTERM as values: the first asks for an orderly stop, the second ends the process at once. Thread safe.
 *
 * <p>A shutdown hook cannot tell the second from the first, and fixes the exit code. The JDK's signal class is reached by reflection:
 * it is there in every JDK, but naming it gives a compiler warning that cannot be turned off.
 */
final class StopSignals {

    private static final int INTERRUPTED = 130;

    private StopSignals() {}

    /** Completes at the first signal. From now on a second one ends the process with exit code {@value #INTERRUPTED}. */
    static CompletableFuture<Void> listen() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                if (!asked.complete(null)) {
                    Runtime.getRuntime().halt(INTERRUPTED);
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
}
