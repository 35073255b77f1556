package io.flowwarden.estate;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.fault.Faults;
import io.flowwarden.fault.FaultyInput;
import io.flowwarden.fault.TextFile;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.yaml.YamlFile;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The estate as a person writes it, one YAML file of sections. It is read whole or refused with all
 * its faults.
 */
public final class EstateFile {
    private EstateFile() {}

    /**
     * Reads an estate.
     *
     * @param catalog whose rules {@code services:} may move
     * @throws io.flowwarden.fault.FaultyInput with every fault
     */
    public static Estate read(Path file, Catalog catalog) {
        return parse(file.toString(), TextFile.bytes(file), catalog);
    }

    /**
     * Reads an estate.
     *
     * @param name of the file, for faults
     * @param catalog whose rules {@code services:} may move
     * @throws io.flowwarden.fault.FaultyInput with every fault
     */
    public static Estate parse(String name, byte[] content, Catalog catalog) {
        var faults = new Faults(name);
        YamlMap file =
                YamlFile.read(content, faults)
                        .map(
                                "sites",
                                "endpoints",
                                "links",
                                "policies",
                                "maintenance",
                                "capacity",
                                "sources");
        if (file == null) {
            throw new FaultyInput(faults.list());
        }
        var entries = new ArrayList<EstateEntry>();
        var names = new Names();
        // Names first, wherever they stand in the file, then what refers to them.
        var sites = new SiteSection(names);
        var endpoints = new EndpointSection(names, catalog);
        var policies = new PolicySection(names);
        var links = new LinkSection(names);
        items(file, "sites").forEach(site -> entries.add(sites.read(site)));
        items(file, "endpoints").forEach(endpoint -> entries.add(endpoints.read(endpoint)));
        items(file, "policies").forEach(policy -> entries.add(policies.read(policy)));
        items(file, "links").forEach(link -> entries.add(links.read(link)));
        var maintenance = new MaintenanceSection(names, links.names());
        items(file, "maintenance").forEach(item -> entries.add(maintenance.read(item)));
        var capacity = new CapacitySection(names);
        items(file, "capacity").forEach(item -> entries.add(capacity.read(item)));
        var sources = new SourceSection(names);
        items(file, "sources").forEach(item -> entries.add(sources.read(item)));
        faults.refuse();
        return new Estate(entries);
    }

    private static List<YamlValue> items(YamlMap file, String section) {
        YamlValue value = file.get(section);
        return value == null ? List.of() : value.items();
    }
}
