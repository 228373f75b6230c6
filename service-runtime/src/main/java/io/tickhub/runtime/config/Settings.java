package io.tickhub.runtime.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads settings from an environment and collects every mistake, so that a user can mend them all at once. For one thread.
 *
 * <p>Read all settings with {@link #get}, then make the configuration record with {@link #build}.
 */
public final class Settings {

    private final Map<String, String> environment;
    private final Set<String> mistakes = new LinkedHashSet<>();

    public Settings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The setting's value; its default where it is unset, empty or wrong, in which case the mistake is remembered. */
    public <T> T get(Setting<T> setting) {
        String text = environment.getOrDefault(setting.name(), "").strip();
        if (!text.isEmpty()) {
            try {
                return setting.parser().apply(text);
            } catch (IllegalArgumentException e) {
                mistakes.add(setting.name() + "=" + text + ": " + e.getMessage());
            }
        }
        return setting.parser().apply(setting.defaultText());
    }

    /** The whole environment. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Remembers a mistake that concerns more than one setting. */
    public void reject(String mistake) {
        mistakes.add(mistake);
    }

    /**
     * Makes the configuration. The constructor may read further settings; an IllegalArgumentException from it counts as a mistake
     * too.
     *
     * @throws ConfigurationException if there was any mistake
     */
    public <C> C build(Supplier<C> constructor) {
        Optional<C> built = Optional.empty();
        try {
            built = Optional.of(constructor.get());
        } catch (RuntimeException e) {
            // After a mistake it got a default in place of what was wrong, so that its own complaint could mislead.
            if (mistakes.isEmpty()) {
                mistakes.add(asMistake(e));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(List.copyOf(mistakes));
        }
        return built.orElseThrow();
    }

    private static String asMistake(RuntimeException e) {
        if (e instanceof IllegalArgumentException) {
            return String.valueOf(e.getMessage());
        }
        throw e;
    }
}
