package io.tickhub.runtime.worker;

import io.tickhub.runtime.topic.TopicWatcher;
import java.util.List;
import java.util.regex.Pattern;

/** What a worker reads. */
public sealed interface Input {

    /** Some topics that always exist. */
    record Fixed(List<String> topics) implements Input {}

    /**
     * Every tick topic, also those that are yet to come.
     *
     * @param pattern matches the tick topics; the same in every member of the group
     * @param watcher tells when there are other topics than before
     */
    record Ticks(Pattern pattern, TopicWatcher watcher) implements Input {}
}
