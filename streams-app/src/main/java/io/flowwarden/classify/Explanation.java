package io.flowwarden.classify;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Flows;
import io.flowwarden.flow.Transport;
import io.flowwarden.schemas.PortRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A verdict in plain sentences: what, who, by which rule, and how sure who is the client. */
final class Explanation {
    private final Verdicts verdicts;
    private final int row;
    private final Judgement judgement;
    private final String client;
    private final String server;
    private final String service;

    private Explanation(FlowBatch flows, int row, Verdicts verdicts) {
        this.verdicts = verdicts;
        this.row = row;
        judgement = verdicts.judgement(row);
        boolean forward = verdicts.clientIsSource(row);
        String source = Flows.address(flows, row, FlowColumn.SRC_HI);
        if (verdicts.sourceByPacket(row)) {
            source = behind(Flows.address(flows, row, FlowColumn.PKT_SRC_HI), source);
        }
        String destination = Flows.address(flows, row, FlowColumn.DST_HI);
        if (verdicts.destinationByPacket(row)) {
            destination = behind(Flows.address(flows, row, FlowColumn.PKT_DST_HI), destination);
        }
        client = side(forward ? source : destination, verdicts.client(row));
        server = side(forward ? destination : source, verdicts.server(row));
        int port = forward ? FlowColumn.DST_PORT : FlowColumn.SRC_PORT;
        String transport =
                flows.has(row, FlowColumn.PROTOCOL)
                        ? Transport.name((int) flows.get(row, FlowColumn.PROTOCOL))
                        : "?";
        service = flows.has(row, port) ? flows.get(row, port) + "/" + transport : transport;
    }

    static String of(FlowBatch flows, int row, Verdicts verdicts) {
        return new Explanation(flows, row, verdicts).text();
    }

    private String text() {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                switch (judgement.verdict()) {
                    case EXPECTED -> "Expected" + purpose() + ": " + conversation() + ".";
                    case PLAUSIBLE -> "Plausible" + purpose() + ": " + conversation() + ".";
                    case UNEXPECTED -> "Unexpected: " + conversation() + ".";
                    case OUT_OF_SCOPE -> outOfScope();
                });
        if (judgement.policy() != null) {
            sentences.add(policy(judgement.policy()));
        }
        if (judgement.rule() != null) {
            sentences.add("Rule " + described(judgement.rule()) + ".");
        }
        if (judgement.candidates() > 0) {
            sentences.add(candidates());
        }
        if (judgement.verdict() == Verdict.UNEXPECTED && judgement.policy() == null) {
            sentences.add(why());
            sentences.add(
                    judgement.nearest() == null
                            ? "No rule speaks of this port at all: failed port."
                            : nearest());
        }
        if (!judgement.marks().isEmpty()) {
            sentences.add(marks(judgement.marks()));
        }
        if (oriented()) {
            sentences.add(orientation());
        }
        sentences.add(revisions());
        return String.join(" ", sentences);
    }

    /** Whether it was asked at all who is client and who is server. */
    private boolean oriented() {
        return judgement.verdict() != Verdict.OUT_OF_SCOPE
                || judgement.reason() == Reason.NOT_COVERED
                || judgement.reason() == Reason.UNORIENTED;
    }

    private String purpose() {
        return judgement.category() == null ? "" : " " + judgement.category();
    }

    private String conversation() {
        return client + " opens " + service + " on " + server;
    }

    private static String behind(String inPacket, String gateway) {
        return inPacket + " in the packet, " + gateway + " to the interface";
    }

    private static String side(String address, Location location) {
        String shown = address == null ? "an unknown address" : address;
        var facts = new ArrayList<String>();
        if (location.name() != null) {
            facts.add(shown);
            facts.add(
                    location.roles().isEmpty()
                            ? "listed without a role"
                            : String.join(" and ", location.roles()));
        } else {
            facts.add("not listed");
        }
        facts.add(location.site() == null ? "at no known site" : "site " + location.site());
        return (location.name() == null ? shown : location.name())
                + " ("
                + String.join(", ", facts)
                + ")";
    }

    private String policy(Policy policy) {
        String law = "Policy " + policy.name() + (policy.allow() ? " allows it" : " denies it");
        String because = policy.because() == null ? "" : ": " + policy.because();
        String nearest =
                judgement.nearest() == null
                        ? ""
                        : " The catalog alone would say " + described(judgement.nearest()) + ".";
        return law + because + "." + nearest;
    }

    private static String described(Rule rule) {
        PortRule text = rule.text;
        String references = String.join(" ", text.getReferences());
        String purpose = text.getPurpose().isEmpty() ? "" : ": " + text.getPurpose();
        return rule.id + purpose + (references.isEmpty() ? "" : " [" + references + "]");
    }

    private String candidates() {
        String named =
                judgement.candidateRules().stream()
                        .map(rule -> rule.id)
                        .collect(Collectors.joining(", "));
        int more = judgement.candidates() - judgement.candidateRules().size();
        return judgement.candidates()
                + " rules are possible: "
                + named
                + (more > 0 ? " and " + more + " more" : "")
                + ".";
    }

    private String why() {
        String mine = roles(verdicts.client(row));
        String its = roles(verdicts.server(row));
        return switch (judgement.reason()) {
            case SCOPE_VIOLATION ->
                    "These roles may talk, but not between these sites (SCOPE_VIOLATION).";
            case REVERSED -> "These roles talk the other way round (REVERSED).";
            case ROLE_MISMATCH ->
                    "The server serves this port, but to no client that is "
                            + mine
                            + " (ROLE_MISMATCH).";
            case UNLISTED_PEER ->
                    "Only infrastructure may open this port, and the client is "
                            + mine
                            + " (UNLISTED_PEER).";
            case UNKNOWN_PEER ->
                    "The server serves this port, but no rule lets strangers open it"
                            + " (UNKNOWN_PEER).";
            case UNKNOWN_SERVICE ->
                    "No rule of the catalog has " + its + " serve this port (UNKNOWN_SERVICE).";
            case FOREIGN_SERVER ->
                    "No rule of the catalog has "
                            + mine
                            + " open this port on a server outside the estate (FOREIGN_SERVER).";
            default -> judgement.reason() + ".";
        };
    }

    private static String roles(Location location) {
        if (location.name() == null) {
            return "not listed";
        }
        return location.roles().isEmpty()
                ? "listed without a role"
                : String.join(" or ", location.roles());
    }

    private String nearest() {
        PortRule rule = judgement.nearest().text;
        String failed =
                switch (judgement.failed()) {
                    case CLIENT_ROLE -> "its client must be " + any(rule.getSourceRoles());
                    case SERVER_ROLE -> "its server must be " + any(rule.getTargetRoles());
                    case SCOPE -> "it holds " + scope(rule.getScope()) + " only";
                    case DIRECTION ->
                            "it runs from "
                                    + any(rule.getSourceRoles())
                                    + " to "
                                    + any(rule.getTargetRoles());
                    case PORT -> "the estate says that the service moved to another port";
                    case POLICY -> "a policy denies it";
                };
        return "Nearest rule "
                + described(judgement.nearest())
                + "; failed "
                + judgement.failed().text()
                + ": "
                + failed
                + ".";
    }

    private static String any(List<String> roles) {
        return roles.isEmpty() ? "of some role" : String.join(" or ", roles);
    }

    private static String scope(String scope) {
        return scope.equals("intra-site") ? "within one site" : "between sites";
    }

    private static String marks(Set<Mark> marks) {
        return marks.stream()
                .map(
                        mark ->
                                switch (mark) {
                                    case INSECURE -> "uses an insecure service";
                                    case UNENCRYPTED -> "is not encrypted";
                                    case LEGACY -> "is legacy";
                                    case UNCONFIRMED -> "rests on an unconfirmed rule";
                                    case DYNAMIC -> "uses a dynamic port";
                                })
                .collect(Collectors.joining(", ", "It ", "."));
    }

    private String orientation() {
        OrientedBy by = verdicts.orientedBy(row);
        String who = "Client and server are " + verdicts.orientation(row).text() + ": ";
        if (by == null) {
            return who + "nothing tells them apart, the destination is taken as the server.";
        }
        return who
                + switch (by) {
                    case RECORD -> "the record itself says who began.";
                    case FLAGS -> "the TCP flags say who began.";
                    case MEMORY -> "this source showed earlier who began.";
                    case ROLES -> "only this way round a rule has these roles.";
                    case PAIR -> "of both halves the client's started earlier.";
                    case CATALOG_PORT -> "only the server's port is in the catalog.";
                    case LOW_PORT -> "the server's port is below 1024, the client's is not.";
                    case GIVEN -> "as given.";
                };
    }

    private String outOfScope() {
        String between = client + " and " + server + ", " + service;
        return "Out of scope: "
                + switch (judgement.reason()) {
                    case NON_UNICAST ->
                            between
                                    + ": a multicast, broadcast, unspecified or link-local address.";
                    case NO_ADDRESS -> "the record has no addresses.";
                    case NO_PORT -> between + ": the record has no service port.";
                    case OTHER_PROTOCOL -> between + ": the catalog knows TCP, UDP and ICMP only.";
                    case ICMP_ERROR -> between + ": an ICMP error speaks of another conversation.";
                    case ICMP_OTHER -> between + ": ICMP that is neither echo nor error.";
                    case UNORIENTED ->
                            between + ": no rule speaks of it, and who began is not known.";
                    default -> conversation() + ": neither estate nor catalog speaks of it.";
                };
    }

    private String revisions() {
        Knowledge knowledge = verdicts.knowledge();
        String estate = knowledge.estateRevision();
        return "Catalog "
                + (knowledge.catalogRevision() == null ? "unnamed" : knowledge.catalogRevision())
                + (estate == null ? ", no estate." : ", estate " + estate + ".");
    }
}
