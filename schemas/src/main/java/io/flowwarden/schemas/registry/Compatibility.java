package io.flowwarden.schemas.registry;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What a new version of a subject must be able to do; names as the registry's REST API spells them.
 */
public enum Compatibility {
    NONE(false, false, false),
    /** The new schema reads data of the version before. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** The version before reads data of the new schema. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    Compatibility(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /**
     * Compares a candidate with what is registered.
     *
     * @param versions schemas of the subject, oldest first
     * @return null where the candidate may follow them, else the first reason why not
     */
    String objection(Schema candidate, List<Schema> versions) {
        if (versions.isEmpty()) {
            return null;
        }
        int from = transitive ? 0 : versions.size() - 1;
        for (int v = versions.size() - 1; v >= from; v--) {
            Schema old = versions.get(v);
            String reason = backward ? unreadable(candidate, old) : null;
            if (reason != null) {
                return "the new schema cannot read data of an earlier one: " + reason;
            }
            reason = forward ? unreadable(old, candidate) : null;
            if (reason != null) {
                return "an earlier schema cannot read data of the new one: " + reason;
            }
        }
        return null;
    }

    private static String unreadable(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (result.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return null;
        }
        var first = result.getResult().getIncompatibilities().get(0);
        return first.getType() + " at " + first.getLocation() + ": " + first.getMessage();
    }
}
