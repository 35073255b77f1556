/** Kafka Connect source of export datagrams; what receives them is {@link io.flowwarden.udp}. */
package io.flowwarden.connect.udp;
