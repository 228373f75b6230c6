/** Answers about bars, read from their topics when somebody asks. */
package io.tickhub.hub.bar;
