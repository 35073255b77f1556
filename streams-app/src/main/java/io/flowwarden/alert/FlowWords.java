package io.flowwarden.alert;

import io.flowwarden.detect.FindingKeys;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.Talk;
import io.flowwarden.schemas.Unexpected;
import java.util.List;

/** Alerts about flows, in words. */
final class FlowWords {
    private static final String UNENCRYPTED = "UNENCRYPTED";
    private static final String CLASS = "flow";

    private final Finding finding;
    private final Unexpected flow;
    private final Talk talk;

    FlowWords(Finding finding, Unexpected flow) {
        this.finding = finding;
        this.flow = flow;
        talk = flow.getTalk();
    }

    /** Whose conversations are counted together. */
    String subject() {
        if (flow.getReason().equals(UNENCRYPTED)) {
            return FindingKeys.link(String.valueOf(flow.getLink()));
        }
        return atServer()
                ? FindingKeys.server(talk.getServer())
                : FindingKeys.client(talk.getClient());
    }

    private boolean atServer() {
        return isOfServer(flow);
    }

    /** Whether it says itself that there are too many to name. */
    boolean isCrowd(int fanOut) {
        return atServer()
                || flow.getState().equals("OVERFLOW")
                || !flow.getReason().equals(UNENCRYPTED) && flow.getDistinct() > fanOut;
    }

    /** Whether its server has too many clients to tell of each. */
    boolean isInCrowd(CrowdedServers crowded) {
        return !flow.getReason().equals(UNENCRYPTED) && crowded.alert(talk.getServer()) != null;
    }

    /** Whether it says that a server has too many clients. */
    static boolean isOfServer(Unexpected flow) {
        return flow.getState().equals("SERVER_OVERFLOW");
    }

    String family() {
        return flow.getReason() + " " + talk.getServerName() + " " + TalkWords.service(talk);
    }

    Alert one() {
        if (flow.getReason().equals(UNENCRYPTED)) {
            return unencrypted();
        }
        String service = TalkWords.service(talk);
        String title =
                "Unexpected "
                        + service
                        + " from "
                        + TalkWords.client(talk)
                        + " to "
                        + TalkWords.server(talk)
                        + ": "
                        + flow.getReason();
        Draft draft =
                draft(
                                Kind.UNEXPECTED_FLOW,
                                flow.getReason()
                                        + " "
                                        + talk.getClient()
                                        + ">"
                                        + talk.getServer()
                                        + " "
                                        + service)
                        .severity(severity())
                        .words(title, flow.getExplanation() + counted());
        TalkWords.subject(draft.subject(), talk);
        return draft.alert();
    }

    /** One of many pairs of the same sort: the alert of the sort. */
    Alert alike() {
        String service = TalkWords.service(talk);
        String servers = talk.getServerName() == null ? "other servers" : talk.getServerName();
        String title =
                "Unexpected "
                        + service
                        + " from "
                        + TalkWords.client(talk)
                        + " to more of "
                        + servers
                        + ": "
                        + flow.getReason();
        Draft draft =
                draft(Kind.UNEXPECTED_FLOW, "alike " + talk.getClient() + " " + family())
                        .severity(severity())
                        .words(title, title + ". One of them: " + flow.getExplanation());
        TalkWords.subject(draft.subject(), talk);
        draft.subject().setServer(null);
        draft.alert().setCount(1);
        return draft.alert();
    }

    /** Too many to name. */
    Alert crowd(int known) {
        int distinct = Math.max(known, flow.getDistinct());
        Kind kind = atServer() ? Kind.FAN_IN : Kind.FAN_OUT;
        String title =
                atServer()
                        ? distinct + " clients talk unexpectedly to " + TalkWords.server(talk)
                        : TalkWords.client(talk)
                                + " talks unexpectedly to "
                                + distinct
                                + " servers or ports";
        Draft draft =
                draft(kind, atServer() ? talk.getServer() : talk.getClient())
                        .words(
                                title,
                                title
                                        + " within an hour; a scan, an inventory, or a role that"
                                        + " the estate does not tell. One of them: "
                                        + flow.getExplanation());
        TalkWords.subject(draft.subject(), talk);
        if (atServer()) {
            draft.subject().setClient(null);
            draft.subject().setClientName(null);
        } else {
            draft.subject().setServer(null);
            draft.subject().setServerName(null);
            draft.subject().setPort(null);
            draft.subject().setTransport(null);
        }
        Alert alert = draft.alert();
        alert.setCount(distinct);
        alert.setNearestRule(null);
        alert.setFailedCondition(null);
        return alert;
    }

    private static String roleAbout(String role) {
        return Kind.UNEXPECTED_FLOW.name() + "\nrole " + role;
    }

    static String roleKey(String role) {
        return Ids.key(CLASS, roleAbout(role));
    }

    /** Several clients of a role with too many to name each. */
    Alert role(String role, RolePeers peers) {
        String title =
                peers.clients.size()
                        + " hosts of role "
                        + role
                        + " each talk unexpectedly to many servers or ports";
        Alert alert =
                new Draft(Kind.UNEXPECTED_FLOW, CLASS, roleAbout(role), FindingKeys.role(role))
                        .since(peers.since)
                        .revisions(finding)
                        .evidence(List.copyOf(peers.clients.keySet()))
                        .words(
                                title,
                                title
                                        + ": "
                                        + String.join(", ", peers.clients.keySet())
                                        + ". That is hardly a scan: what this role does is not in"
                                        + " the catalog, or the estate gives it to the wrong hosts."
                                        + " One of their flows: "
                                        + flow.getExplanation())
                        .alert();
        alert.getSubject().setClientRoles(List.of(role));
        alert.setReason(flow.getReason());
        alert.setCount(peers.clients.size());
        alert.setLastSeen(flow.getLast());
        return alert;
    }

    /** Whether an alert is about one conversation. */
    static boolean isOne(Alert alert) {
        return alert.getKind().equals(Kind.UNEXPECTED_FLOW.name())
                && alert.getSubject().getServer() != null;
    }

    private Alert unencrypted() {
        String title =
                "Replication "
                        + flow.getLink()
                        + " is not encrypted: "
                        + TalkWords.service(talk)
                        + " from "
                        + TalkWords.client(talk)
                        + " to "
                        + TalkWords.server(talk);
        Draft draft =
                draft(Kind.UNENCRYPTED_REPLICATION, "unencrypted " + flow.getLink())
                        .severity(Severity.INFO)
                        .words(title, title + ". " + flow.getExplanation());
        TalkWords.subject(draft.subject(), talk);
        draft.subject().setLink(flow.getLink());
        return draft.alert();
    }

    private Draft draft(Kind kind, String about) {
        Draft draft =
                new Draft(kind, CLASS, kind.name() + "\n" + about, subject())
                        .since(flow.getFirst())
                        .revisions(finding)
                        .evidence(flow.getSamples());
        Alert alert = draft.alert();
        alert.setReason(flow.getReason());
        alert.setRule(flow.getRule());
        alert.setNearestRule(flow.getNearestRule());
        alert.setFailedCondition(flow.getFailedCondition());
        alert.setCategory(flow.getCategory());
        alert.setCount(flow.getCount());
        alert.setBytes(flow.getBytes());
        alert.setPackets(flow.getPackets());
        alert.setLastSeen(flow.getLast());
        return draft;
    }

    private String counted() {
        return " Seen "
                + flow.getCount()
                + (flow.getCount() == 1 ? " time, " : " times, ")
                + flow.getBytes()
                + " bytes, last "
                + Times.full(flow.getLast())
                + ".";
    }

    private Severity severity() {
        return switch (flow.getReason()) {
            case "POLICY_DENIED", "UNKNOWN_PEER" ->
                    flow.getBothWays() ? Severity.CRITICAL : Severity.WARNING;
            case "UNKNOWN_SERVICE" ->
                    talk.getClientSite() != null ? Severity.INFO : Severity.WARNING;
            case "FOREIGN_SERVER" -> Severity.INFO;
            default -> Severity.WARNING;
        };
    }
}
