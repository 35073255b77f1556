/** Syslog (RFC 5424) with CEF in the message, for a SIEM. */
package io.flowwarden.sink.syslog;
