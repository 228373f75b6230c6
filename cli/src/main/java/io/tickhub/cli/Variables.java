package io.tickhub.cli;

import io.tickhub.runtime.config.ConfigurationException;
import java.util.HashMap;
import java.util.Map;

/** The caller's environment with what options say instead: a service reads all its settings from one place. For one thread. */
final class Variables {

    private final Map<String, String> values = new HashMap<>(System.getenv());
    private final Map<String, String> optionByVariable = new HashMap<>();

    /** Says that an option was given. */
    void set(String variable, String option, String value) {
        values.put(variable, value);
        optionByVariable.put(variable, option);
    }

    Map<String, String> environment() {
        return Map.copyOf(values);
    }

    /** The same mistakes, naming options where the message names the variables that they became. */
    ConfigurationException inOptions(ConfigurationException mistakes) {
        String message = mistakes.getMessage();
        for (Map.Entry<String, String> option : optionByVariable.entrySet()) {
            message = message.replace(option.getKey() + "=", option.getValue() + " ");
        }
        return new ConfigurationException(message.lines().toList());
    }
}
