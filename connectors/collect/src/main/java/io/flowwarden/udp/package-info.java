/**
 * From UDP sockets to raw records; {@code live} and the connector share it.
 *
 * <pre>
 * exporters --> socket thread(s): who, how much, what is it --> bounded queue --> RawFeed --> raw topic
 * </pre>
 */
package io.flowwarden.udp;
