/** From sources to Kafka: topics, producer, dead letters, counts. */
package io.tickhub.producer.publish;
