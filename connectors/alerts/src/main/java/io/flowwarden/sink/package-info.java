/**
 * Tells alerts to people and to the systems that wake them. Nothing here needs Kafka Connect: the
 * connectors and {@code live} use the same code.
 */
package io.flowwarden.sink;
