package io.flowwarden.estate;

import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Site;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code sites:} places with their networks. */
final class SiteSection {
    private final Names names;
    private final Prefixes networks = new Prefixes();
    private final Prefixes exporters = new Prefixes();
    private final Map<String, Integer> lines = new HashMap<>();

    SiteSection(Names names) {
        this.names = names;
    }

    /** The entry of a site; null and a fault where it has no name. */
    EstateEntry read(YamlValue value) {
        YamlMap item = value.map("name", "networks", "exporters", "external");
        String name = item == null ? null : Names.declared(item, lines);
        if (name == null) {
            return null;
        }
        String owner = "site " + name;
        boolean external = item.flag("external");
        List<Prefix> places = networks.take(item.items("networks"), owner, external);
        names.site(name, item.line(), places);
        var site = new Site(Prefixes.texts(places), exporters(item, owner), external);
        return new EstateEntry("site", name, site);
    }

    private List<String> exporters(YamlMap item, String owner) {
        var single = new ArrayList<YamlValue>();
        for (YamlValue value : item.items("exporters")) {
            Prefix prefix = Prefixes.read(value);
            if (prefix != null && prefix.length() < 128) {
                value.fault("an exporter is one address");
            } else if (prefix != null) {
                single.add(value);
            }
        }
        return Prefixes.texts(exporters.take(single, owner, true));
    }
}
