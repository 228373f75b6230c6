/** Recorded markets: CSV files read again at their own pace or faster. */
package io.tickhub.producer.replay;
