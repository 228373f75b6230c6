/** How the system does: instances, lag, dead letters. */
package io.tickhub.gateway.status;
