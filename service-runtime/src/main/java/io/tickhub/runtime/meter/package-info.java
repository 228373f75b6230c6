/** What is shown of every Kafka client of a service. */
package io.tickhub.runtime.meter;
