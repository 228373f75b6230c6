package io.tickhub.hub.feed;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What the owner of a symbol knows besides the tables.
 *
 * @param run this run of the instance, as progress names it
 * @param nanoTime {@link System#nanoTime}, or a test's clock
 * @param isReaderBehind whether the reader of a feed is far behind
 * @param isDraining whether the system is being shut down
 */
record FeedHost(String run, LongSupplier nanoTime, Predicate<String> isReaderBehind, BooleanSupplier isDraining) {}
