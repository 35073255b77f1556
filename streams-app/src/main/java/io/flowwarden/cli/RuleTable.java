package io.flowwarden.cli;

import io.flowwarden.schemas.PortRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rules for reading: one line each, by port. */
final class RuleTable {
    /** A longer list of roles shifts its own line, not every line. */
    private static final int WIDEST_LIST = 30;

    private static final List<String> HEADER =
            List.of(
                    "PORT",
                    "CLIENT",
                    "SERVER",
                    "SCOPE",
                    "CATEGORY",
                    "FLAGS",
                    "STATED",
                    "PURPOSE",
                    "ID");

    private static final Comparator<PortRule> BY_PORT =
            Comparator.comparing(
                            PortRule::getPortFrom, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(PortRule::getTransport);

    private RuleTable() {}

    /** A header line and a line for each rule; nothing for no rules. */
    static List<String> lines(List<PortRule> rules) {
        if (rules.isEmpty()) {
            return List.of();
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        rules.stream().sorted(BY_PORT).forEach(rule -> rows.add(cells(rule)));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                int width = row.get(i).length();
                boolean list = i < HEADER.indexOf("PURPOSE");
                widths[i] = Math.max(widths[i], list ? Math.min(WIDEST_LIST, width) : width);
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> cells(PortRule rule) {
        return List.of(
                service(rule),
                roles(rule.getSourceRoles()),
                roles(rule.getTargetRoles()),
                rule.getScope() == null ? "-" : rule.getScope(),
                rule.getCategory(),
                rule.getFlags().isEmpty() ? "-" : String.join(",", rule.getFlags()),
                String.join(" ", rule.getReferences()),
                rule.getPurpose(),
                rule.getId());
    }

    private static String service(PortRule rule) {
        Integer from = rule.getPortFrom();
        if (from == null) {
            return rule.getTransport();
        }
        String ports = from.equals(rule.getPortTo()) ? "" + from : from + "-" + rule.getPortTo();
        return ports + "/" + rule.getTransport();
    }

    private static String roles(List<String> roles) {
        return roles.isEmpty() ? "any" : String.join("|", roles);
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        int column = 0;
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i));
            column += widths[i] + 2;
            // A cell that is too wide takes what the next ones leave of theirs.
            int gap = i == widths.length - 1 ? 0 : Math.max(2, column - line.length());
            line.append(" ".repeat(gap));
        }
        return line.toString();
    }
}
