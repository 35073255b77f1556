/** Any receiver of HTTP: a SIEM that reads OCSF, a chat room, a script. */
package io.flowwarden.sink.webhook;
