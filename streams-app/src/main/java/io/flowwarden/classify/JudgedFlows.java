package io.flowwarden.classify;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Flows;
import io.flowwarden.flow.Outcome;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;

/** A judged row as the Avro {@link JudgedFlow} that topics and {@code --json} speak. */
public final class JudgedFlows {
    private JudgedFlows() {}

    /**
     * @param batch decoded flows
     * @param row which of them
     * @param verdicts the verdicts on this batch
     */
    public static JudgedFlow of(FlowBatch batch, int row, Verdicts verdicts) {
        Flow flow = Flows.of(batch, row);
        boolean forward = verdicts.clientIsSource(row);
        String source = source(flow, row, verdicts);
        String destination = destination(flow, row, verdicts);
        Location client = verdicts.client(row);
        Location server = verdicts.server(row);
        Condition failed = verdicts.failedCondition(row);
        OrientedBy by = verdicts.orientedBy(row);
        Reason reason = verdicts.reason(row);
        var judged = new JudgedFlow();
        judged.setFlow(flow);
        judged.setClient(forward ? source : destination);
        judged.setServer(forward ? destination : source);
        judged.setServicePort(forward ? flow.getDstPort() : flow.getSrcPort());
        judged.setOrientation(verdicts.orientation(row).text());
        judged.setOrientedBy(by == null ? null : by.text());
        judged.setVerdict(verdicts.verdict(row).name());
        judged.setCategory(verdicts.category(row));
        judged.setRule(verdicts.rule(row));
        judged.setReason(reason == null ? null : reason.name());
        judged.setNearestRule(verdicts.nearestRule(row));
        judged.setFailedCondition(failed == null ? null : failed.text());
        judged.setCandidates(verdicts.candidates(row));
        judged.setCandidateRules(verdicts.candidateRules(row));
        judged.setClientRoles(client.roles());
        judged.setServerRoles(server.roles());
        judged.setClientName(client.name());
        judged.setServerName(server.name());
        judged.setClientSite(client.site());
        judged.setServerSite(server.site());
        judged.setMarks(verdicts.marks(row).stream().map(Mark::name).toList());
        judged.setExplanation(Explanation.of(batch, row, verdicts));
        judged.setCatalogRevision(verdicts.knowledge().catalogRevision());
        judged.setEstateRevision(verdicts.knowledge().estateRevision());
        return judged;
    }

    /** What the verdict on a row means, in sentences. */
    public static String explanation(FlowBatch batch, int row, Verdicts verdicts) {
        return Explanation.of(batch, row, verdicts);
    }

    /** The address of the source that was judged. */
    static String source(Flow flow, int row, Verdicts verdicts) {
        return verdicts.sourceByPacket(row) ? flow.getPktSrc() : flow.getSrc();
    }

    static String destination(Flow flow, int row, Verdicts verdicts) {
        return verdicts.destinationByPacket(row) ? flow.getPktDst() : flow.getDst();
    }

    /**
     * Key on the topic: {@code client>server:port/transport}, IPv6 in brackets; without a port
     * {@code client>server/transport}. Where nothing oriented the flow, source and destination
     * stand in their places. A flow without addresses has its source's id.
     */
    public static String key(JudgedFlow judged) {
        if (judged.getClient() == null || judged.getServer() == null) {
            return judged.getFlow().getSource();
        }
        String transport = judged.getFlow().getTransport();
        return host(judged.getClient())
                + ">"
                + host(judged.getServer())
                + (judged.getServicePort() == null ? "" : ":" + judged.getServicePort())
                + (transport == null ? "" : "/" + transport);
    }

    /** UNEXPECTED, or rejected by the network with any verdict but OUT_OF_SCOPE. */
    public static boolean notable(FlowBatch batch, int row, Verdicts verdicts) {
        return switch (verdicts.verdict(row)) {
            case UNEXPECTED -> true;
            case OUT_OF_SCOPE -> false;
            case EXPECTED, PLAUSIBLE ->
                    batch.has(row, FlowColumn.OUTCOME)
                            && Flows.outcome(batch, row) == Outcome.REJECTED;
        };
    }

    private static String host(String address) {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }
}
