/** Kafka Connect sinks of alerts; what tells them is {@link io.flowwarden.sink}. */
package io.flowwarden.connect.alerts;
