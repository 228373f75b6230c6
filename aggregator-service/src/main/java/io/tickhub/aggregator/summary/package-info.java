/** What a person reads in the log: a table of the symbols. */
package io.tickhub.aggregator.summary;
