/** What crosses the wire: ticks, statistics, commands, replies, topics and headers, and their JSON. No threads, no I/O. */
package io.tickhub.model;
