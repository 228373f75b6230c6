/** Distributed traces of others, carried through the hub. */
package io.tickhub.hub.trace;
