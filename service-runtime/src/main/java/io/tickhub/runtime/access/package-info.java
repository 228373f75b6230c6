/** Who may do what, where Kafka asks: users, passwords, rights. */
package io.tickhub.runtime.access;
