package io.flowwarden.judge;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exporters that are listened to. Collectors have such a list, too; this one is for topics that
 * others write.
 */
final class ExporterList {
    /** Answers that are kept; spoofed addresses only cost hits. */
    private static final int KEPT = 4_096;

    /** No address is longer as text, and what is kept of hostile ones stays small. */
    private static final int LONGEST = 64;

    private final List<Prefix> listed;
    private final Map<String, Boolean> answers = new HashMap<>();

    ExporterList(List<Prefix> listed) {
        this.listed = listed;
    }

    /**
     * @param exporter address as its collector stated it, or null
     */
    boolean has(String exporter) {
        if (listed.isEmpty()) {
            return true;
        }
        if (exporter == null || exporter.length() > LONGEST) {
            return false;
        }
        Boolean known = answers.get(exporter);
        if (known == null) {
            if (answers.size() == KEPT) {
                answers.clear();
            }
            known = covers(exporter);
            answers.put(exporter, known);
        }
        return known;
    }

    private boolean covers(String exporter) {
        long[] address = Address.parse(exporter);
        return address != null
                && listed.stream().anyMatch(prefix -> prefix.contains(address[0], address[1]));
    }
}
