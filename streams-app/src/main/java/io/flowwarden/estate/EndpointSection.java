package io.flowwarden.estate;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.catalog.Roles;
import io.flowwarden.fault.Nearest;
import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code endpoints:} hosts and the roles they play. */
final class EndpointSection {
    private final Names names;
    private final Catalog catalog;
    private final Prefixes addresses = new Prefixes();
    private final Map<String, Integer> lines = new HashMap<>();

    EndpointSection(Names names, Catalog catalog) {
        this.names = names;
        this.catalog = catalog;
    }

    /** The entry of an endpoint; null and a fault where it has no name. */
    EstateEntry read(YamlValue value) {
        YamlMap item =
                value.map("name", "address", "addresses", "roles", "site", "services", "transient");
        String name = item == null ? null : Names.declared(item, lines);
        if (name == null) {
            return null;
        }
        Integer siteLine = names.lineOfSite(name);
        if (siteLine != null) {
            item.get("name").fault("the site on line " + siteLine + " has this name");
        }
        List<Prefix> places = addresses(item, name);
        names.endpoint(name, places);
        List<String> roles = roles(item);
        YamlValue site = item.get("site");
        var endpoint =
                new Endpoint(
                        Prefixes.texts(places),
                        roles,
                        site == null ? null : names.site(site),
                        services(item, roles),
                        item.flag("transient"));
        return new EstateEntry("endpoint", name, endpoint);
    }

    private List<Prefix> addresses(YamlMap item, String name) {
        if (item.get("address") != null && item.get("addresses") != null) {
            item.get("addresses").fault("stands beside address; put all of them here");
            return List.of();
        }
        String key = item.get("addresses") != null ? "addresses" : "address";
        YamlValue value = item.require(key);
        if (value == null) {
            return List.of();
        }
        List<YamlValue> values = value.itemsOrOne();
        if (value.isList() && values.isEmpty()) {
            value.fault("an endpoint has at least one address");
        }
        return addresses.take(values, "endpoint " + name, false);
    }

    private static List<String> roles(YamlMap item) {
        var roles = new ArrayList<String>();
        for (YamlValue value : item.items("roles")) {
            String role = value.text();
            if (role == null) {
                continue;
            }
            Roles.Kind kind = Roles.kind(role);
            if (kind == null) {
                value.fault("no such role", Nearest.to(role, Roles.names()));
            } else if (kind == Roles.Kind.PSEUDO) {
                value.fault("every endpoint is listed; this is no role to give");
            } else if (roles.contains(role)) {
                value.fault("stands twice");
            } else {
                roles.add(role);
            }
        }
        return roles;
    }

    private Map<String, Integer> services(YamlMap item, List<String> roles) {
        YamlValue value = item.get("services");
        YamlMap moves = value == null ? null : value.map();
        // Sorted, so that the same file is the same bytes.
        var services = new TreeMap<String, Integer>();
        if (moves == null) {
            return services;
        }
        for (String id : moves.keys()) {
            YamlValue port = moves.get(id);
            PortRule rule = catalog.rule(id);
            if (rule == null) {
                String nearest = Nearest.to(id, catalog.ids());
                moves.faultOfKey(id, "no rule of this id in the catalog", nearest);
            } else if (rule.getPortFrom() == null || !rule.getPortFrom().equals(rule.getPortTo())) {
                moves.faultOfKey(id, "this rule has no single port to move", null);
            } else if (!serves(rule, roles)) {
                String served = String.join(", ", rule.getTargetRoles());
                String reason =
                        "this rule is served by " + served + ", none of this endpoint's roles";
                moves.faultOfKey(id, reason, null);
            } else {
                Integer moved = port.number(1, 65_535);
                if (moved != null) {
                    services.put(id, moved);
                }
            }
        }
        return services;
    }

    /**
     * Without roles of its own the endpoint inherits them, from what only the whole estate shows.
     */
    private static boolean serves(PortRule rule, List<String> roles) {
        List<String> targets = rule.getTargetRoles();
        return roles.isEmpty()
                || targets.isEmpty()
                || targets.contains(Roles.LISTED)
                || roles.stream()
                        .anyMatch(
                                role ->
                                        targets.contains(role)
                                                || targets.contains(
                                                        String.valueOf(Roles.family(role))));
    }
}
