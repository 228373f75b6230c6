/** Dead letters for people and programs: list, look, replay, drop. Start at {@link io.tickhub.client.deadletter.DeadLetterQueue}. */
package io.tickhub.client.deadletter;
