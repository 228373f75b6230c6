/** HTTP: routes, limits, problems, security headers, and the files of the page. */
package io.tickhub.gateway.web;
