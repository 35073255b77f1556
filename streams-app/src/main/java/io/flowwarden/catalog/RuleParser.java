package io.flowwarden.catalog;

import io.flowwarden.fault.Faults;
import io.flowwarden.fault.Nearest;
import io.flowwarden.schemas.PortRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Row to rule. Whatever is wrong with a row is told, all of it; then there is no rule. */
final class RuleParser {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._-]+:[1-9][0-9]{0,8}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int LONGEST_ID = 200;
    private static final int LAST_PORT = 65_535;

    private static final List<String> TRANSPORTS = List.of("tcp", "udp", "icmp");
    private static final List<String> SCOPES = List.of("intra-site", "inter-site");
    private static final List<String> CATEGORIES =
            Stream.of(Category.values()).map(Category::text).toList();
    private static final List<String> FLAGS = Stream.of(Flag.values()).map(Flag::text).toList();

    private final Faults faults;
    private RuleRow row;
    private boolean good;

    RuleParser(Faults faults) {
        this.faults = faults;
    }

    /** The id of a row, or null where it has none that could be one. */
    String id(RuleRow from) {
        row = from;
        String id = required("id");
        if (id == null) {
            return null;
        }
        if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
            fault("id", "an id is lower-case letters, digits and single '-', 200 at most");
            return null;
        }
        return id;
    }

    /** Whether the row takes a rule away; such a row needs no other cell than its id. */
    static boolean disables(RuleRow row) {
        return Arrays.asList(row.cell("flags").split(" ")).contains(Flag.DISABLED.text());
    }

    /** The rule of a row, or null where the row is faulty. */
    PortRule rule(RuleRow from) {
        row = from;
        good = true;
        String id = id(from);
        String product = required("product");
        String transport = oneOf("transport", TRANSPORTS, true);
        String scope = oneOf("scope", SCOPES, false);
        String category = oneOf("category", CATEGORIES, true);
        List<String> versions = words("versions", null, null);
        List<String> sources = words("source_role", Roles.names(), "no such role");
        List<String> targets = words("target_role", Roles.names(), "no such role");
        List<String> flags = words("flags", FLAGS, "no such flag");
        List<String> references = words("reference", null, null);
        for (String reference : references) {
            if (!REFERENCE.matcher(reference).matches()) {
                fault("reference", reference, "expected document:line, e.g. 000:26", null);
            }
        }
        Integer first = null;
        Integer last = null;
        if ("icmp".equals(transport)) {
            noPort("port_from");
            noPort("port_to");
        } else {
            first = port("port_from");
            last = port("port_to");
            if (first != null && last != null && first > last) {
                fault(
                        "port_to",
                        "a range ends where it starts or later, this one starts at " + first);
            }
        }
        if (!good || id == null) {
            return null;
        }
        return PortRule.newBuilder()
                .setId(id)
                .setProduct(product)
                .setVersions(versions)
                .setTransport(transport)
                .setPortFrom(first)
                .setPortTo(last)
                .setSourceRoles(sources)
                .setTargetRoles(targets)
                .setScope(scope)
                .setCategory(category)
                .setFlags(flags)
                .setPurpose(row.cell("purpose"))
                .setReferences(references)
                .setNote(row.cell("note"))
                .build();
    }

    private String required(String column) {
        String text = row.cell(column);
        if (text.isEmpty()) {
            fault(column, "is missing");
            return null;
        }
        return text;
    }

    private String oneOf(String column, List<String> known, boolean required) {
        String text = row.cell(column);
        if (text.isEmpty()) {
            return required ? required(column) : null;
        }
        if (!known.contains(text)) {
            boolean few = known.size() <= 3;
            String reason = few ? "expected " + String.join(", ", known) : "no such " + column;
            fault(column, text, reason, Nearest.to(text, known));
        }
        return text;
    }

    private List<String> words(String column, Collection<String> known, String unknown) {
        String text = row.cell(column);
        if (text.isEmpty()) {
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        var words = new ArrayList<String>();
        for (String word : text.split(Pattern.quote(RuleRow.separator(column)), -1)) {
            String stripped = word.strip();
            if (stripped.isEmpty()) {
                fault(column, "an empty word between two separators");
            } else if (known != null && !known.contains(stripped)) {
                fault(column, stripped, unknown, Nearest.to(stripped, known));
            } else if (!seen.add(stripped)) {
                fault(column, stripped, "stands twice", null);
            } else {
                words.add(stripped);
            }
        }
        return words;
    }

    private Integer port(String column) {
        String text = required(column);
        if (text == null) {
            return null;
        }
        if (!PORT.matcher(text).matches() || Integer.parseInt(text) > LAST_PORT) {
            fault(column, "expected a port, 0 to " + LAST_PORT);
            return null;
        }
        return Integer.valueOf(text);
    }

    private void noPort(String column) {
        if (!row.cell(column).isEmpty()) {
            fault(column, "icmp has no ports");
        }
    }

    private void fault(String column, String reason) {
        fault(column, row.cell(column), reason, null);
    }

    private void fault(String column, String value, String reason, String nearest) {
        good = false;
        faults.add(row.lineOf(column), column, value, reason, nearest);
    }
}
