/**
 * The contract of the raw topic: what one record is, which headers say so, what its key names, and
 * the ticks between.
 */
package io.flowwarden.raw;
