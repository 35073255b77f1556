/** From a UDP socket to the raw topic, in this process. */
package io.flowwarden.live;
