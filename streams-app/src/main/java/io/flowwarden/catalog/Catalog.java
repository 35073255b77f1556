package io.flowwarden.catalog;

import io.flowwarden.fault.Fault;
import io.flowwarden.fault.Faults;
import io.flowwarden.fault.FaultyInput;
import io.flowwarden.fault.Nearest;
import io.flowwarden.fault.TextFile;
import io.flowwarden.schemas.PortRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules that flows are judged by: the bundled files, one per document and one for what no
 * document says, then the user's own in the order given. A rule of a known id replaces it, one
 * flagged {@code disabled} takes it away, any other is added.
 */
public final class Catalog {
    private static final List<String> DOCUMENTS =
            List.of(
                    "vsphere-replication.csv",
                    "jetstream-dr.csv",
                    "druva-phoenix.csv",
                    "platespin.csv",
                    "vmware-ports.csv");

    /** Switched off by {@code catalog.common: off}. */
    private static final String COMMON = "common.csv";

    private final Map<String, PortRule> rules = new LinkedHashMap<>();
    private final Revision revision;

    private Catalog(Map<String, PortRule> rules) {
        this.rules.putAll(rules);
        this.revision = Revision.of(rules.values());
    }

    /** The catalog as it comes. */
    public static Catalog bundled() {
        return load(true, List.of());
    }

    /**
     * The catalog with the user's own rules.
     *
     * @param common whether rules that no document states count
     * @param overlays CSV or YAML (.yaml, .yml) files
     * @throws FaultyInput with every fault of every file
     */
    public static Catalog load(boolean common, List<Path> overlays) {
        var loading = new Loading();
        for (String document : DOCUMENTS) {
            loading.add(document, resource(document));
        }
        Set<String> stated = Set.copyOf(loading.rules.keySet());
        loading.add(COMMON, resource(COMMON));
        var unstated = new HashMap<>(loading.rules);
        unstated.keySet().removeAll(stated);
        for (Path overlay : overlays) {
            loading.add(overlay);
        }
        if (!loading.faults.isEmpty()) {
            throw new FaultyInput(loading.faults);
        }
        if (!common) {
            // An overlay may override or disable a common rule either way; what it wrote stays.
            loading.rules.values().removeIf(rule -> unstated.get(rule.getId()) == rule);
        }
        return new Catalog(loading.rules);
    }

    /** In the order of the files; do not change them. */
    public List<PortRule> rules() {
        return List.copyOf(rules.values());
    }

    /** The rule of this id, or null. */
    public PortRule rule(String id) {
        return rules.get(id);
    }

    public Set<String> ids() {
        return Set.copyOf(rules.keySet());
    }

    public Revision revision() {
        return revision;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Catalog.class.getResourceAsStream("/catalog/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Loading {
        final Map<String, PortRule> rules = new LinkedHashMap<>();
        final List<Fault> faults = new ArrayList<>();

        void add(Path overlay) {
            try {
                add(overlay.toString(), TextFile.bytes(overlay));
            } catch (FaultyInput unreadable) {
                faults.addAll(unreadable.faults());
            }
        }

        void add(String file, byte[] content) {
            var found = new Faults(file);
            try {
                rows(RuleFile.read(file, content, found), found);
                faults.addAll(found.list());
            } catch (FaultyInput notEvenRows) {
                faults.addAll(notEvenRows.faults());
            }
        }

        private void rows(List<RuleRow> rows, Faults found) {
            var parser = new RuleParser(found);
            var firstLines = new HashMap<String, Integer>();
            for (RuleRow row : rows) {
                boolean disables = RuleParser.disables(row);
                PortRule rule = disables ? null : parser.rule(row);
                String id = disables ? parser.id(row) : row.cell("id");
                if (id == null) {
                    continue;
                }
                Integer first = firstLines.putIfAbsent(id, row.line());
                if (first != null && !id.isEmpty()) {
                    found.add(
                            row.lineOf("id"), "id", id, "this id stands on line " + first + " too");
                } else if (disables && rules.remove(id) == null) {
                    String nearest = Nearest.to(id, rules.keySet());
                    found.add(row.lineOf("id"), "id", id, "no such rule to disable", nearest);
                } else if (rule != null) {
                    rules.put(id, rule);
                }
            }
        }
    }
}
