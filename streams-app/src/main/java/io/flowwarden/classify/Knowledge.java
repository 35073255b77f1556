package io.flowwarden.classify;

import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import java.util.List;

/**
 * A catalog and an estate, compiled for judging. Immutable, so that one instance serves every
 * thread and a batch is judged by one state of both.
 */
public final class Knowledge {
    private final String catalogRevision;
    private final String estateRevision;
    private final PrefixTable placeTable;
    private final PrefixTable locationTable;
    private final List<Location> locations;
    private final LocationClass[] classes;
    private final int[] placeClass;
    private final int[] placeSite;
    private final PortClasses ports;
    private final List<Rule> rules;
    private final List<Policy> policies;
    private final Epochs epochs;
    private final boolean endpoints;

    Knowledge(KnowledgeCompiler compiled) {
        catalogRevision = compiled.catalogRevision;
        estateRevision = compiled.estateRevision;
        placeTable = compiled.placeTable;
        locationTable = compiled.locationTable;
        locations = List.copyOf(compiled.locations);
        classes = compiled.classes.keySet().toArray(LocationClass[]::new);
        placeClass = compiled.places.keySet().stream().mapToInt(Place::locationClass).toArray();
        placeSite = compiled.places.keySet().stream().mapToInt(Place::site).toArray();
        rules = compiled.rules;
        policies = compiled.policies;
        epochs = compiled.epochs;
        endpoints = compiled.endpoints;
        ports = new PortClasses(rules, policies, compiled.movedRanges());
    }

    /**
     * @param rules the catalog; disabled rules are left out
     * @param estate sites, endpoints and policies, in any order; null is no estate
     * @param catalogRevision hash of the catalog, or null
     * @param estateRevision hash of the estate; null without one
     * @throws IllegalArgumentException where a policy names what is no service or no day, which
     *     {@code EstateFile} never publishes
     */
    public static Knowledge compile(
            List<PortRule> rules,
            List<EstateEntry> estate,
            String catalogRevision,
            String estateRevision) {
        return new Knowledge(
                new KnowledgeCompiler(
                        rules,
                        estate == null ? List.of() : estate,
                        catalogRevision,
                        estateRevision));
    }

    public String catalogRevision() {
        return catalogRevision;
    }

    public String estateRevision() {
        return estateRevision;
    }

    /** What the estate says of an address (see {@link io.flowwarden.net.Address}). */
    public Location locate(long hi, long lo) {
        return locations.get(locationTable.find(hi, lo));
    }

    /**
     * All of an address that a verdict depends on. Neighbours mostly share it, so its table is
     * small, and is what the hot path reads; names are looked up for explanations only.
     */
    int place(long hi, long lo) {
        return placeTable.find(hi, lo);
    }

    int classAt(int place) {
        return placeClass[place];
    }

    int siteAt(int place) {
        return placeSite[place];
    }

    LocationClass locationClass(int number) {
        return classes[number];
    }

    /** Number of the class of a port. */
    int port(int service, int port) {
        return ports.of(service, port);
    }

    PortClass portClass(int number) {
        return ports.numbered(number);
    }

    int epoch(long epochMillis) {
        return epochs.at(epochMillis);
    }

    /** All rules, in match order. */
    List<Rule> rules() {
        return rules;
    }

    List<Policy> policies() {
        return policies;
    }

    /** Whether the estate lists any endpoint. */
    boolean hasEndpoints() {
        return endpoints;
    }
}
