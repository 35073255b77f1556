package io.flowwarden.catalog;

import io.flowwarden.schemas.PortRule;
import java.util.List;

/** A rule in the columns of its file. */
public final class RuleText {
    private RuleText() {}

    /** Names of the columns, in the order of the contract. */
    public static List<String> columns() {
        return RuleRow.COLUMNS;
    }

    /** Text of the columns in their order; empty where there is nothing. */
    public static List<String> cells(PortRule rule) {
        return List.of(
                rule.getId(),
                rule.getProduct(),
                joined("versions", rule.getVersions()),
                rule.getTransport(),
                port(rule.getPortFrom()),
                port(rule.getPortTo()),
                joined("source_role", rule.getSourceRoles()),
                joined("target_role", rule.getTargetRoles()),
                rule.getScope() == null ? "" : rule.getScope(),
                rule.getCategory(),
                joined("flags", rule.getFlags()),
                rule.getPurpose(),
                joined("reference", rule.getReferences()),
                rule.getNote());
    }

    private static String joined(String column, List<String> words) {
        return String.join(RuleRow.separator(column), words);
    }

    private static String port(Integer port) {
        return port == null ? "" : port.toString();
    }
}
