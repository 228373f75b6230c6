/** The gateway: the market over HTTP, as a live stream, and as a web page. A client of the hubs like any other. */
package io.tickhub.gateway;
