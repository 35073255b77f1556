package io.flowwarden.witness;

import io.flowwarden.detect.FindingKeys;
import io.flowwarden.detect.Findings;
import io.flowwarden.net.Address;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.schemas.LinkUnseen;
import io.flowwarden.schemas.MemberDegraded;
import io.flowwarden.schemas.MemberSight;
import io.flowwarden.schemas.PairState;
import io.flowwarden.schemas.SourceState;
import io.flowwarden.schemas.Telemetry;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Puts what the witness says into words of the vocabulary, under the key it settles by. */
final class Outbox {
    private final Findings findings;

    Outbox(Findings findings) {
        this.findings = findings;
    }

    void source(SourceWatch source, String state, long at) {
        findings.find(
                FindingKeys.EVERYWHERE,
                source.id,
                at,
                new SourceState(
                        state, source.exporter, source.clock, source.accepted, source.sampled));
    }

    /** A source that the judge keeps nothing of any more: nobody is to wait for it. */
    record Forgotten(
            String source, String exporter, long clock, String lostKey, List<String> open) {
        static Forgotten read(String source, DataInputStream in) throws IOException {
            String exporter = Fields.readText(in);
            long clock = in.readLong();
            String lostKey = Fields.readText(in);
            var open = new ArrayList<String>();
            for (int left = in.readInt(); left > 0; left--) {
                open.add(in.readUTF());
            }
            return new Forgotten(source, exporter, clock, lostKey, open);
        }

        void tell(Outbox out, long at) {
            out.findings.find(
                    FindingKeys.EVERYWHERE,
                    source,
                    at,
                    new SourceState("FORGOTTEN", exporter, clock, false, false));
            if (lostKey != null) {
                tell(out, lostKey, "TELEMETRY_LOST", at);
            }
            String key = FindingKeys.source(exporter == null ? source : exporter);
            for (String kind : open) {
                tell(out, key, kind, at);
            }
        }

        private void tell(Outbox out, String key, String kind, long at) {
            String why = "it gave its place to sources that report and is no longer watched";
            out.findings.find(
                    key,
                    source,
                    at,
                    new Telemetry(kind, "FORGOTTEN", exporter, clock, null, null, why));
        }
    }

    void telemetry(
            SourceWatch source,
            String kind,
            String state,
            long at,
            long since,
            Long lost,
            Long expected,
            String detail) {
        findings.find(
                FindingKeys.source(source.exporter == null ? source.id : source.exporter),
                source.id,
                at,
                new Telemetry(kind, state, source.exporter, since, lost, expected, detail));
    }

    /** Keyed where the silence began, whatever the estate says meanwhile. */
    void lost(SourceWatch source, String state, long at, String detail) {
        findings.find(
                source.lostKey,
                source.id,
                at,
                new Telemetry(
                        "TELEMETRY_LOST",
                        state,
                        source.exporter,
                        source.clock,
                        null,
                        null,
                        detail));
    }

    void collector(String collector, long at, long since, String state, String detail) {
        findings.find(
                FindingKeys.source(collector),
                collector,
                at,
                new Telemetry("COLLECTOR_LOST", state, collector, since, null, null, detail));
    }

    void sight(
            LinkWatch watch,
            String state,
            long at,
            long[] member,
            long lastSeen,
            Long deadline,
            boolean reversed) {
        DeclaredLink link = watch.link;
        boolean group = (member[0] | member[1] | member[2] | member[3]) == 0;
        findings.find(
                FindingKeys.link(link.name()),
                watch.source.id,
                at,
                new MemberSight(
                        link.name(),
                        group ? null : Address.text(member[0], member[1]),
                        group ? null : Address.text(member[2], member[3]),
                        state,
                        lastSeen,
                        deadline,
                        watch.decides(),
                        reversed));
    }

    void degraded(
            LinkWatch watch, boolean low, long at, long[] member, long slots, long end, int need) {
        DeclaredLink link = watch.link;
        boolean group = (member[0] | member[1] | member[2] | member[3]) == 0;
        findings.find(
                FindingKeys.link(link.name()),
                watch.source.id,
                at,
                new MemberDegraded(
                        link.name(),
                        group ? null : Address.text(member[0], member[1]),
                        group ? null : Address.text(member[2], member[3]),
                        low ? "LOW" : "WELL",
                        slots,
                        end,
                        need));
    }

    void unseen(String link, String source, String state, long since, long until) {
        findings.find(
                FindingKeys.link(link), source, until, new LinkUnseen(link, state, since, until));
    }

    void minute(String link, String source, io.flowwarden.schemas.LinkMinute minute) {
        findings.find(FindingKeys.link(link), source, minute.getStart() + Minutes.MINUTE, minute);
    }

    void pair(SourceWatch source, PairWatch pair, String state, long at, int members, long since) {
        for (String key :
                new String[] {FindingKeys.EVERYWHERE, FindingKeys.pair(pair.from, pair.to)}) {
            findings.find(
                    key, source.id, at, new PairState(pair.from, pair.to, state, members, since));
        }
    }
}
