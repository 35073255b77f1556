/** Addresses and prefixes as primitives. */
package io.flowwarden.net;
