package io.flowwarden.estate;

import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Policy;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code policies:} local law, first match wins. */
final class PolicySection {
    private final Names names;
    private final Map<String, Integer> lines = new HashMap<>();
    private int position;

    PolicySection(Names names) {
        this.names = names;
    }

    /** The entry of a policy; null and a fault where it has no name or no law. */
    EstateEntry read(YamlValue value) {
        YamlMap item = value.map("name", "allow", "deny", "until", "because");
        String name = item == null ? null : Names.declared(item, lines);
        if (name == null) {
            return null;
        }
        YamlValue allow = item.get("allow");
        YamlValue deny = item.get("deny");
        if ((allow == null) == (deny == null)) {
            item.fault("expected either allow or deny, with from, to or services in it");
            return null;
        }
        YamlMap whom = (allow == null ? deny : allow).map("from", "to", "services");
        if (whom == null) {
            return null;
        }
        if (whom.keys().isEmpty()) {
            whom.fault("names neither from, to nor services, so it would be about every flow");
        }
        YamlValue until = item.get("until");
        YamlValue because = item.get("because");
        var policy =
                new Policy(
                        position++,
                        allow != null,
                        parties(whom, "from"),
                        parties(whom, "to"),
                        services(whom),
                        until == null ? null : day(until),
                        because == null ? null : because.text());
        return new EstateEntry("policy", name, policy);
    }

    private List<String> parties(YamlMap whom, String key) {
        List<YamlValue> values = some(whom, key);
        return values.stream().map(names::party).filter(Objects::nonNull).toList();
    }

    private static List<String> services(YamlMap whom) {
        var services = new ArrayList<String>();
        for (YamlValue value : some(whom, "services")) {
            Service service = Service.read(value);
            if (service != null) {
                services.add(service.text());
            }
        }
        return services;
    }

    /** An empty list would mean anybody, which nobody means who writes one. */
    private static List<YamlValue> some(YamlMap whom, String key) {
        YamlValue value = whom.get(key);
        if (value != null && value.isList() && value.items().isEmpty()) {
            value.fault("is empty; leave " + key + " out to mean any");
        }
        return whom.items(key);
    }

    private static String day(YamlValue value) {
        String text = value.text();
        try {
            return text == null ? null : LocalDate.parse(text).toString();
        } catch (DateTimeParseException e) {
            value.fault("expected a day, e.g. 2027-06-30, the last on which it holds (UTC)");
            return null;
        }
    }
}
