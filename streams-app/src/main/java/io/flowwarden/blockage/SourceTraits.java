package io.flowwarden.blockage;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.roster.Roster;
import io.flowwarden.roster.SourceFacts;
import io.flowwarden.roster.UsualDelay;
import java.util.LinkedHashMap;
import java.util.Map;

/** What of a source decides how far its records can be trusted. */
final class SourceTraits {
    private static final int MOST = 10_000;

    /**
     * @param sampled by kind or by the estate
     * @param aws flags as AWS writes them
     * @param cloud a log, not datagrams
     * @param delay how late it reports, ms
     */
    record Traits(boolean sampled, boolean aws, boolean cloud, long delay) {}

    private final Map<String, Traits> known = new LinkedHashMap<>();
    private Roster roster;

    Traits of(Origin origin, Roster by) {
        if (by != roster || known.size() > MOST) {
            roster = by;
            known.clear();
        }
        Traits traits = known.get(origin.source());
        if (traits == null) {
            traits = derive(origin, by);
            known.put(origin.source(), traits);
        }
        return traits;
    }

    /** Whether a row is of packets picked from more. */
    static boolean sampled(FlowBatch flows, int row) {
        return flows.mayHave(FlowColumn.SAMPLING) && flows.get(row, FlowColumn.SAMPLING, 1) > 1;
    }

    private static Traits derive(Origin origin, Roster roster) {
        String source = origin.source();
        boolean aws = source.startsWith("aws/");
        boolean gcp = source.startsWith("gcp/");
        boolean cloud = aws || gcp || source.startsWith("azure/");
        SourceFacts facts = roster.facts(source, origin.exporter());
        long usual = gcp ? UsualDelay.GCP : cloud ? UsualDelay.AWS_AND_AZURE : UsualDelay.DATAGRAMS;
        // Google samples packets and connections (VPC documentation, "Flow logs", sampling).
        boolean sampled =
                source.startsWith("sflow/")
                        || (facts.sampling() == null ? gcp : facts.sampling() > 1);
        return new Traits(
                sampled,
                aws,
                cloud,
                facts.reportingDelay() == null ? usual : facts.reportingDelay());
    }
}
