/** sFlow version 5 (sflow.org, "sFlow Version 5", section 5: datagram format). */
package io.flowwarden.decode.sflow;
