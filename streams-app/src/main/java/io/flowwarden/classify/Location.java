package io.flowwarden.classify;

import java.util.List;

/**
 * What the estate says of an address.
 *
 * @param name endpoint, or null
 * @param roles roles as declared
 * @param site site, or null
 */
public record Location(String name, List<String> roles, String site) {
    static final Location UNKNOWN = new Location(null, List.of(), null);
}
