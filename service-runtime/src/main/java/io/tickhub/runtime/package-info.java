/** What every service shares: its life, its place among the others, metrics and health. */
package io.tickhub.runtime;
