/** Live streams to browsers and programs: what each one gets, how fast, and when it is ended. */
package io.tickhub.gateway.stream;
