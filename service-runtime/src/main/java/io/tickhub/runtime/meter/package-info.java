/** How metrics are declared, and what is shown of every Kafka client of a service. */
package io.tickhub.runtime.meter;
