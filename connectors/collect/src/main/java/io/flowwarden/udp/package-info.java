/** From UDP sockets to raw records; {@code live} and the connector share it. */
package io.flowwarden.udp;
