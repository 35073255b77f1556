package io.flowwarden.alert;

import io.flowwarden.detect.FindingKeys;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.AlertWitness;
import io.flowwarden.schemas.Attempt;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.MemberDegraded;
import io.flowwarden.schemas.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Alerts about links, in words: what, where, since when, proof, consequence. */
final class LinkWords {
    private static final int NAMED = 5;

    private final DeclaredLink link;
    private final Sources sources;
    private final Finding finding;

    LinkWords(DeclaredLink link, Sources sources, Finding finding) {
        this.link = link;
        this.sources = sources;
        this.finding = finding;
    }

    /** Class of what is wrong with a link: that of what it carries. */
    static String alertClass(DeclaredLink link) {
        return switch (link.kind()) {
            case HEARTBEAT, PRESENCE -> "heartbeat";
            case REPLICATION -> "replication";
            case BACKUP -> "backup";
            case MIGRATION -> "migration";
        };
    }

    Alert blocked(String about, String name, Member member, List<Member.Blocked> blocked) {
        Member.Blocked first =
                blocked.stream().min(Comparator.comparingLong(Member.Blocked::first)).orElseThrow();
        Member.Blocked last =
                blocked.stream().max(Comparator.comparingLong(Member.Blocked::last)).orElseThrow();
        long count = blocked.stream().mapToLong(Member.Blocked::count).sum();
        Kind kind =
                switch (link.kind()) {
                    case HEARTBEAT, PRESENCE -> Kind.HEARTBEAT_BLOCKED;
                    case REPLICATION -> Kind.REPLICATION_BLOCKED;
                    case BACKUP -> Kind.BACKUP_BLOCKED;
                    case MIGRATION -> Kind.MIGRATION_BLOCKED;
                };
        Long good =
                blocked.stream()
                        .map(Member.Blocked::lastGood)
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElse(lastSeen(member));
        Long breach = breach(good);
        String title = what(name) + " blocked since " + Times.full(first.first());
        var text = new StringBuilder(title).append(": ");
        text.append(count)
                .append(' ')
                .append(proof(first.evidence()))
                .append(" from ")
                .append(clients(blocked));
        if (good != null) {
            text.append("; last transfer ").append(Times.after(good, first.first()));
        } else {
            text.append("; nothing was seen to work before");
        }
        if (breach != null) {
            text.append(finding.getAt() >= breach ? ", RPO breached " : ", RPO would be breached ")
                    .append(Times.after(breach, first.first()));
        }
        text.append(". ").append(meaning(first.evidence()));
        Draft draft =
                draft(kind, about, name, member)
                        .severity(Severity.CRITICAL)
                        .since(first.first())
                        .words(title, text.toString())
                        .evidence(blocked.stream().flatMap(b -> b.samples().stream()).toList());
        Alert alert = draft.alert();
        alert.setReason(first.evidence());
        alert.setRule(first.rule());
        alert.setCount(count);
        alert.setLastSeen(last.last());
        alert.setLastGood(good);
        alert.setBreachAt(breach);
        Subject subject = draft.subject();
        if (blocked.stream().map(Member.Blocked::pair).distinct().count() == 1) {
            subject.setClient(first.client());
            subject.setServer(first.server());
            subject.setPort(first.port());
        }
        return alert;
    }

    Alert silent(String about, String name, Member member) {
        Kind kind =
                switch (link.kind()) {
                    case HEARTBEAT, PRESENCE -> Kind.HEARTBEAT_MISSING;
                    default -> Kind.RPO_AT_RISK;
                };
        String host = name.equals(LinkDecider.GROUP) ? null : link.host(name);
        Long mute = host == null ? null : sources.allSilentSince(host);
        if (member.mute && mute != null) {
            return mute(about, name, member, mute);
        }
        Long last = lastSeen(member);
        long deadline =
                member.sights.stream()
                        .filter(s -> !s.sees() && s.deadline() != null)
                        .mapToLong(Member.Sight::deadline)
                        .max()
                        .orElse(finding.getAt());
        String since = last == null ? "" : " since " + Times.full(last);
        String title = what(name) + " silent" + since;
        String text =
                title
                        + ": "
                        + (last == null ? "not seen" : "last seen " + Times.full(last))
                        + ", expected within "
                        + Times.span(link.deadline())
                        + ", by "
                        + Times.after(deadline, last == null ? deadline : last)
                        + "; missed by "
                        + lost(member)
                        + (mute == null ? "" : "; host and its telemetry both silent")
                        + (kind == Kind.RPO_AT_RISK
                                ? ". Nothing of this link crosses the network; whether the copies"
                                        + " hold their RPO, flow logs cannot know."
                                : ". The host, its agent or its path is down.");
        Alert alert =
                draft(kind, about, name, member)
                        .severity(Severity.CRITICAL)
                        .since(deadline)
                        .words(title, text)
                        .alert();
        alert.setLastGood(last);
        alert.setLastSeen(last);
        alert.setBreachAt(breach(last) == null ? deadline : breach(last));
        return alert;
    }

    /** Nobody else could see the host, and its own flow records stopped with it. */
    private Alert mute(String about, String name, Member member, long last) {
        long deadline = last + link.deadline();
        String title = what(name) + " silent since " + Times.full(last);
        Alert alert =
                draft(Kind.HEARTBEAT_MISSING, about, name, member)
                        .severity(Severity.CRITICAL)
                        .since(deadline)
                        .words(
                                title,
                                title
                                        + ": host and its telemetry both silent. "
                                        + link.host(name)
                                        + " reports its own flows and nobody else could see it. The"
                                        + " host or its network is down.")
                        .alert();
        alert.setLastGood(last);
        alert.setLastSeen(last);
        alert.setBreachAt(deadline);
        alert.setConfidence("medium");
        return alert;
    }

    Alert pathLost(String about, String name, Member member) {
        Long stopped =
                member.sights.stream()
                        .filter(s -> !s.sees() && s.lastSeen() != null)
                        .map(Member.Sight::lastSeen)
                        .max(Long::compare)
                        .orElse(null);
        long deadline =
                member.sights.stream()
                        .filter(s -> !s.sees() && s.deadline() != null)
                        .mapToLong(Member.Sight::deadline)
                        .max()
                        .orElse(finding.getAt());
        String title =
                what(name)
                        + " leaves "
                        + link.fromSite()
                        + ", stopped arriving at "
                        + link.toSite()
                        + (stopped == null ? "" : " at " + Times.full(stopped));
        Alert alert =
                draft(Kind.PATH_LOST, about, name, member)
                        .severity(Severity.CRITICAL)
                        .since(deadline)
                        .words(title, title + ": lost by " + lost(member) + ".")
                        .alert();
        alert.setLastGood(stopped);
        alert.setBreachAt(breach(stopped));
        return alert;
    }

    Alert degraded(String about, String name, Member member) {
        Member.Slots slots =
                member.slots.stream()
                        .max(Comparator.comparingLong(Member.Slots::windowEnd))
                        .orElseThrow();
        String title = what(name) + " seen less than half as often as it should be";
        String text =
                title
                        + ": in each of the last three times "
                        + Times.span(link.deadline())
                        + " up to "
                        + Times.full(slots.windowEnd())
                        + ", all sources together. Beats get lost, or are late.";
        return draft(Kind.HEARTBEAT_DEGRADED, about, name, member)
                .since(slots.windowEnd())
                .words(title, text)
                .alert();
    }

    Alert stalled(String about, LinkState state) {
        String title = what(LinkDecider.GROUP) + " stalled since " + Times.full(state.stalledSince);
        String text =
                title
                        + ": flows, but only "
                        + state.stalledBytes
                        + " bytes in "
                        + Times.span(link.rpo())
                        + " of at least "
                        + link.minBytes()
                        + " in the larger direction.";
        Alert alert =
                draft(Kind.REPLICATION_STALLED, about, LinkDecider.GROUP, null)
                        .severity(Severity.CRITICAL)
                        .since(state.stalledSince)
                        .words(title, text)
                        .alert();
        alert.setBytes(state.stalledBytes);
        return alert;
    }

    Alert backup(String about, LinkState state) {
        Kind kind = Kind.valueOf(state.backup);
        String when = Times.full(state.backupStart);
        String title =
                what(LinkDecider.GROUP)
                        + switch (kind) {
                            case BACKUP_LATE -> " has not begun, window of " + when;
                            case BACKUP_MISSED -> " did not happen, window of " + when;
                            default -> " incomplete, window of " + when;
                        };
        String text =
                title
                        + ": "
                        + state.backupBytes
                        + " bytes by "
                        + Times.after(state.backupSince, state.backupStart)
                        + (link.minBytes() == null ? "" : ", expected " + link.minBytes())
                        + ".";
        Alert alert =
                draft(kind, about, LinkDecider.GROUP, null)
                        .severity(kind == Kind.BACKUP_MISSED ? Severity.CRITICAL : Severity.WARNING)
                        .since(state.backupSince)
                        .words(title, text)
                        .alert();
        alert.setBytes(state.backupBytes);
        alert.setBreachAt(state.backupSince);
        return alert;
    }

    Alert neverSeen(LinkState state) {
        long since =
                state.unseen.values().stream()
                        .mapToLong(LinkState.Unseen::since)
                        .min()
                        .orElse(finding.getAt());
        String title = "Link " + link.name() + " never seen since " + Times.full(since);
        String text =
                title
                        + ": "
                        + link.service()
                        + " from "
                        + link.from()
                        + " to "
                        + link.to()
                        + " was looked for by "
                        + String.join(", ", state.unseen.keySet())
                        + ". It does not happen, or none of them can see it.";
        var witnesses =
                state.unseen.keySet().stream()
                        .map(s -> new AlertWitness(s, sources.side(s), null, "UNSEEN"))
                        .toList();
        return draft(Kind.LINK_NEVER_SEEN, link.name(), LinkDecider.GROUP, null)
                .since(since)
                .words(title, text)
                .witnesses(witnesses)
                .alert();
    }

    static Alert membersNeverSeen(DeclaredLink link, List<String> missing, long at) {
        String some =
                missing.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (missing.size() > NAMED
                                ? " and " + (missing.size() - NAMED) + " more"
                                : "");
        String title = missing.size() + " members of link " + link.name() + " never seen";
        var draft =
                new Draft(
                                Kind.LINK_NEVER_SEEN,
                                Kind.LINK_NEVER_SEEN.alertClass(),
                                link.name(),
                                FindingKeys.link(link.name()))
                        .since(at)
                        .words(title, title + ": " + some + ", while others of it are seen.")
                        .evidence(missing);
        place(draft.subject(), link);
        return draft.alert();
    }

    /** Said of a member that is as it should be again. */
    String fine() {
        if (finding.getBody() instanceof MemberDegraded) {
            return "seen often enough by " + Times.full(finding.getAt());
        }
        return finding.getBody() instanceof Attempt attempt
                        && !attempt.getEvidence().equals("PAYLOAD")
                ? "no further attempts"
                : "seen again at " + Times.full(finding.getAt());
    }

    private Draft draft(Kind kind, String about, String name, Member member) {
        String alertClass = kind == Kind.LINK_NEVER_SEEN ? kind.alertClass() : alertClass(link);
        var draft =
                new Draft(kind, alertClass, about, FindingKeys.link(link.name()))
                        .revisions(finding);
        Subject subject = draft.subject();
        place(subject, link);
        int cut = name.indexOf('>');
        if (cut >= 0) {
            subject.setClient(name.substring(0, cut));
            subject.setServer(name.substring(cut + 1));
        }
        draft.alert().setCategory(link.kind().text());
        if (member != null) {
            draft.witnesses(witnesses(member));
        }
        return draft;
    }

    private static void place(Subject subject, DeclaredLink link) {
        subject.setLink(link.name());
        subject.setPort(link.port());
        subject.setTransport(link.transportName());
        subject.setClientName(link.from());
        subject.setServerName(link.to());
        subject.setClientSite(link.fromSite());
        subject.setServerSite(link.toSite());
    }

    private List<AlertWitness> witnesses(Member member) {
        var witnesses = new ArrayList<AlertWitness>();
        for (Member.Sight sight : member.sights) {
            String state =
                    sources.isSilent(sight.source()) ? "BLIND" : sight.sees() ? "SEES" : "LOST";
            witnesses.add(
                    new AlertWitness(
                            sight.source(), sources.side(sight.source()), sight.lastSeen(), state));
        }
        return witnesses;
    }

    private String what(String name) {
        String between =
                link.fromSite() == null || link.toSite() == null
                        ? link.from() + "->" + link.to()
                        : link.fromSite() + "->" + link.toSite();
        String kind = link.kind().text();
        return Character.toUpperCase(kind.charAt(0))
                + kind.substring(1)
                + " "
                + link.name()
                + " "
                + (name.equals(LinkDecider.GROUP) ? between : name.replace(">", "->"))
                + " "
                + link.service();
    }

    private static String proof(String evidence) {
        return switch (evidence) {
            case "DENIED" -> "flows denied";
            case "REPLY_DENIED" -> "replies denied";
            case "UNANSWERED" -> "SYN unanswered";
            case "REFUSED" -> "connections refused";
            default -> "attempts answered by ICMP unreachable";
        };
    }

    static String meaning(String evidence) {
        return switch (evidence) {
            case "DENIED" -> "A firewall on the path says so itself: it denies them.";
            case "REPLY_DENIED" -> "Reply blocked: the answers from the service port are denied.";
            case "UNANSWERED" ->
                    "Nobody answers: a firewall drops them silently, or the server is down.";
            case "REFUSED" ->
                    "Somebody answers with a reset: a firewall rejects them, or nothing listens.";
            default -> "A router or firewall says that they cannot get there.";
        };
    }

    private static String clients(List<Member.Blocked> blocked) {
        List<String> clients =
                blocked.stream().map(Member.Blocked::client).distinct().sorted().toList();
        return clients.size() <= 3
                ? String.join(", ", clients)
                : String.join(", ", clients.subList(0, 3))
                        + " and "
                        + (clients.size() - 3)
                        + " more";
    }

    private static String lost(Member member) {
        return member.sights.stream()
                .filter(s -> !s.sees())
                .map(Member.Sight::source)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Long lastSeen(Member member) {
        return member.sights.stream()
                .map(Member.Sight::lastSeen)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }

    private Long breach(Long good) {
        return good == null || link.rpo() == null ? null : (Long) (good + link.rpo());
    }
}
