package io.flowwarden.estate;

import io.flowwarden.catalog.Roles;
import io.flowwarden.fault.Nearest;
import io.flowwarden.net.Prefix;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Names that the file has declared, and where they lie. */
final class Names {
    /** No '/': keys, members and rules are put together with it. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");

    private static final Pattern LIKE_AN_ADDRESS = Pattern.compile("[0-9a-fA-F.:]*[.:/][0-9./:]*");

    private final Map<String, List<Prefix>> sites = new LinkedHashMap<>();
    private final Map<String, List<Prefix>> endpoints = new LinkedHashMap<>();
    private final Map<String, Integer> siteLines = new HashMap<>();

    /**
     * The name of a section's item.
     *
     * @param lines of the names of this section so far; the name is added
     * @return the name, or null where there is none that could be one
     */
    static String declared(YamlMap item, Map<String, Integer> lines) {
        YamlValue value = item.require("name");
        String name = value == null ? null : value.text();
        if (name == null) {
            return null;
        }
        if (!NAME.matcher(name).matches()) {
            value.fault("a name is letters, digits, '.', '_' and '-', 100 at most");
            return null;
        }
        if (Prefix.parse(name) != null) {
            value.fault("a name must not read as an address");
            return null;
        }
        Integer first = lines.putIfAbsent(name, value.line());
        if (first != null) {
            value.fault("this name stands on line " + first + " too");
        }
        return name;
    }

    void site(String name, int line, List<Prefix> networks) {
        sites.putIfAbsent(name, networks);
        siteLines.putIfAbsent(name, line);
    }

    void endpoint(String name, List<Prefix> addresses) {
        endpoints.putIfAbsent(name, addresses);
    }

    /** Line of the site of this name, or null. */
    Integer lineOfSite(String name) {
        return siteLines.get(name);
    }

    /** A declared site by name; null and a fault where there is none. */
    String site(YamlValue value) {
        return known(value, sites, "site");
    }

    /** A declared endpoint by name; null and a fault where there is none. */
    String endpoint(YamlValue value) {
        return known(value, endpoints, "endpoint");
    }

    /** An endpoint or site by name, or a prefix in canonical text; null and a fault otherwise. */
    String party(YamlValue value) {
        String text = value.text();
        if (text == null || sites.containsKey(text) || endpoints.containsKey(text)) {
            return text;
        }
        if (Prefix.parse(text) != null || LIKE_AN_ADDRESS.matcher(text).matches()) {
            Prefix prefix = Prefixes.read(value);
            return prefix == null ? null : prefix.text();
        }
        if (Roles.kind(text) != null) {
            value.fault("is a role; expected an endpoint, a site or a prefix");
            return null;
        }
        var names = new ArrayList<>(endpoints.keySet());
        names.addAll(sites.keySet());
        value.fault("no endpoint or site of this name, and no prefix", Nearest.to(text, names));
        return null;
    }

    /** Where a {@link #party} lies. */
    List<Prefix> prefixes(String party) {
        List<Prefix> prefixes = endpoints.getOrDefault(party, sites.get(party));
        return prefixes != null ? prefixes : List.of(Prefix.parse(party));
    }

    static String known(YamlValue value, Map<String, ?> names, String what) {
        String text = value.text();
        if (text == null || names.containsKey(text)) {
            return text;
        }
        value.fault("no " + what + " of this name", Nearest.to(text, names.keySet()));
        return null;
    }
}
