/** What the gateway keeps of the market in memory. */
package io.tickhub.gateway.tape;
