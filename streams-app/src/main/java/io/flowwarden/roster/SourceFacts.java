package io.flowwarden.roster;

/**
 * What the estate says of a source.
 *
 * @param reportingDelay ms, or null where it is not configured
 * @param side site whose side of a link it sees, or null
 * @param sampling one of how many packets it sees, or null
 */
public record SourceFacts(Long reportingDelay, String side, Integer sampling) {}
