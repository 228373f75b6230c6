/** A real Kafka broker and all services on one machine, without Docker. */
package io.tickhub.cluster;
