package io.flowwarden.classify;

/**
 * All of an address that a verdict depends on.
 *
 * @param locationClass number of its {@link LocationClass}
 * @param site number of its site, or -1
 */
record Place(int locationClass, int site) {}
