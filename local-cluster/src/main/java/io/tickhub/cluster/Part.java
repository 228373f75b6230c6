package io.tickhub.cluster;

import io.tickhub.model.Role;
import io.tickhub.runtime.Service;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One service of a local cluster. Immutable.
 *
 * @param role what it does; its instance is called {@code ROLE-local}
 * @param configure reads the service's configuration from environment variables, throwing ConfigurationException for mistakes, and
 *     gives what makes the service of it
 */
public record Part(Role role, Function<Map<String, String>, Supplier<? extends Service>> configure) {}
