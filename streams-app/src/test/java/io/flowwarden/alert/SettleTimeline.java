package io.flowwarden.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Attempt;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.LinkMinute;
import io.flowwarden.schemas.LinkUnseen;
import io.flowwarden.schemas.MemberDegraded;
import io.flowwarden.schemas.MemberSight;
import io.flowwarden.schemas.PairState;
import io.flowwarden.schemas.SourceState;
import io.flowwarden.schemas.Talk;
import io.flowwarden.schemas.Telemetry;
import io.flowwarden.schemas.Unexpected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.ClassSecurityValidator;

/** Findings at times of a day, and the alerts that must come of them. */
final class SettleTimeline {
    private static final String DAY = "2026-11-20T";

    /** Findings, as given, for whoever wants to give them again in other strides. */
    final List<Finding> given = new ArrayList<>();

    final List<Alert> changes = new ArrayList<>();
    private final List<Changes.Change> how = new ArrayList<>();
    final List<String> deleted = new ArrayList<>();
    final TreeMemory memory;
    private final Roster roster;
    private Settlement settlement;
    private final Map<String, Set<String>> groups = new HashMap<>();
    private boolean owner = true;
    private int checked;
    private long now;
    private int sequence;

    SettleTimeline(List<EstateEntry> estate) {
        this(estate, new TreeMemory());
    }

    SettleTimeline(List<EstateEntry> estate, TreeMemory memory) {
        this.memory = memory;
        roster = Roster.compile(estate, "rev");
        now = time("00:00:00");
        restart();
    }

    /** The process is killed and starts again on what it had stored. */
    SettleTimeline restart() {
        settlement =
                new Settlement(
                        memory,
                        new Binary(),
                        AlertSettings.DEFAULTS,
                        key -> owner,
                        (id, alert, change) -> {
                            if (alert == null) {
                                deleted.add(id);
                            } else {
                                changes.add(Binary.copy(alert));
                                how.add(change);
                            }
                        });
        settlement.roster(roster, now);
        return this;
    }

    /** From here on it is another task, to which only comes what is told to all. */
    SettleTimeline elsewhere() {
        owner = false;
        memory.entries.clear();
        return restart();
    }

    static long time(String text) {
        return Instant.parse(DAY + (text.length() == 5 ? text + ":00" : text) + "Z").toEpochMilli();
    }

    SettleTimeline at(String text) {
        now = time(text);
        settlement.passTo(now - 1);
        return this;
    }

    Settlement settlement() {
        return settlement;
    }

    SettleTimeline find(String source, Object body) {
        var finding = new Finding(now, 0, now, sequence++ % 100, source, now, "rev", "cat", body);
        given.add(finding);
        settlement.passTo(now);
        int told = changes.size();
        Incidents.Effect effect = settlement.take(finding);
        booked(finding, effect, how.subList(told, how.size()));
        return this;
    }

    /** What a finding is booked as is what became of it. */
    private void booked(Finding finding, Incidents.Effect effect, List<Changes.Change> since) {
        boolean opened = since.contains(Changes.Change.OPENED);
        boolean resolved = since.contains(Changes.Change.RESOLVED);
        String what = effect + " of " + finding.getBody() + ": " + since;
        if (effect == null) {
            assertTrue(
                    finding.getBody() instanceof SourceState
                            || finding.getBody() instanceof PairState
                            || finding.getBody() instanceof Unexpected flow
                                    && flow.getState().equals("CROWD")
                            || !owner,
                    what);
            return;
        }
        boolean right =
                switch (effect) {
                    case OPENED -> opened && !resolved;
                    case RESOLVED -> resolved;
                    case UPDATED -> !opened && !resolved && !since.isEmpty();
                    case MUTED -> !resolved;
                    case ABSORBED -> !opened && !resolved;
                };
        assertTrue(right, what);
    }

    SettleTimeline source(String source, String exporter) {
        return find(source, new SourceState("NEW", exporter, now, true, false));
    }

    SettleTimeline silent(String source, String exporter) {
        find(source, new SourceState("SILENT", exporter, now, true, false));
        return telemetry("TELEMETRY_LOST", "OPEN", source, exporter);
    }

    SettleTimeline alive(String source, String exporter) {
        find(source, new SourceState("ALIVE", exporter, now, true, false));
        return telemetry("TELEMETRY_LOST", "CLEAR", source, exporter);
    }

    /** Its flows are sampled. */
    SettleTimeline sampled(String source, String exporter) {
        return find(source, new SourceState("ALIVE", exporter, now, true, true));
    }

    /**
     * A source saw the member so often up to an eighth's end.
     *
     * @param slots eighths, newest last, of four deadlines of a minute, e.g. {@code x.......} each
     */
    SettleTimeline beats(String source, String state, String client, String end, String slots) {
        long bits = 0;
        for (char eighth : slots.replace(" ", "").toCharArray()) {
            bits = bits << 1 | (eighth == 'x' ? 1 : 0);
        }
        return find(
                source,
                new MemberDegraded("beats", client, "10.1.20.2", state, bits, time(end), 6));
    }

    /** The judge keeps nothing of a source any more that had told this. */
    SettleTimeline forgotten(String source, String exporter, String... kinds) {
        find(source, new SourceState("FORGOTTEN", exporter, now, false, false));
        for (String kind : kinds) {
            telemetry(kind, "FORGOTTEN", source, exporter);
        }
        return this;
    }

    /** The judge keeps nothing of a member any more. */
    SettleTimeline forgets(String source, String link, String client, String server) {
        return find(
                source, new MemberSight(link, client, server, "FORGOTTEN", now, null, true, false));
    }

    /** Another estate is in force from now on. */
    SettleTimeline estate(List<EstateEntry> entries, String revision) {
        settlement.roster(Roster.compile(entries, revision), now);
        return this;
    }

    SettleTimeline telemetry(String kind, String state, String source, String exporter) {
        return find(source, new Telemetry(kind, state, exporter, now, null, null, "said so"));
    }

    SettleTimeline sees(String source, String link, String client, String server) {
        find(source, new LinkUnseen(link, "SEEN", now, now));
        return find(source, new MemberSight(link, client, server, "SEES", now, null, true, false));
    }

    SettleTimeline lost(String source, String link, String client, String server, String last) {
        return find(
                source,
                new MemberSight(link, client, server, "LOST", time(last), now, true, false));
    }

    SettleTimeline unseen(String source, String link, String since) {
        return find(source, new LinkUnseen(link, "UNSEEN", time(since), now));
    }

    SettleTimeline pair(String source, String from, String to, String state, String since) {
        return find(source, new PairState(from, to, state, 2, time(since)));
    }

    SettleTimeline blocked(String source, String link, String client, String server, String how) {
        return attempt(source, link, client, server, "BLOCKED", how);
    }

    SettleTimeline attempt(
            String source, String link, String client, String server, String state, String how) {
        return find(
                source,
                new Attempt(
                        link,
                        talk(client, server, 31031),
                        state,
                        how,
                        3L,
                        now - 30_000,
                        now,
                        now - 120_000,
                        "rule",
                        "replication",
                        List.of("a flow")));
    }

    SettleTimeline minute(
            String source, String link, String start, long bytes, List<String> pairs) {
        return find(
                source,
                new LinkMinute(link, time(start), bytes, 0L, bytes > 0, false, pairs, true));
    }

    SettleTimeline unexpected(String client, String server, int port, String reason) {
        int distinct = groups.computeIfAbsent(client, c -> new HashSet<>()).size();
        if (groups.get(client).add(server + port)) {
            distinct++;
        }
        return find(
                "netflow/1/0",
                new Unexpected(
                        talk(client, server, port),
                        reason,
                        null,
                        "NEW",
                        distinct,
                        null,
                        "nearest",
                        "client-role",
                        null,
                        false,
                        1L,
                        60L,
                        1L,
                        now,
                        now,
                        "Because.",
                        List.of(client + ">" + server)));
    }

    SettleTimeline overflow(String client, int distinct) {
        return overflow("OVERFLOW", client, "10.2.0.1", distinct);
    }

    /** A server has so many clients. */
    SettleTimeline crowded(String server, int distinct) {
        return overflow("SERVER_OVERFLOW", "203.0.113.200", server, distinct);
    }

    private SettleTimeline overflow(String state, String client, String server, int distinct) {
        return find(
                "netflow/1/0",
                new Unexpected(
                        talk(client, server, 22),
                        "UNKNOWN_SERVICE",
                        null,
                        state,
                        distinct,
                        null,
                        null,
                        null,
                        null,
                        false,
                        (long) distinct,
                        60L,
                        1L,
                        now,
                        now,
                        "Because.",
                        List.of()));
    }

    /** A client of a role begins to have too many conversations to name. */
    SettleTimeline crowd(String client, String role) {
        Talk talk = talk(client, "10.2.0.1", 22);
        talk.setClientRoles(List.of(role));
        for (String state : new String[] {"CROWD", "NEW"}) {
            find(
                    "netflow/1/0",
                    new Unexpected(
                            talk,
                            "UNKNOWN_SERVICE",
                            null,
                            state,
                            33,
                            null,
                            null,
                            null,
                            null,
                            false,
                            33L,
                            60L,
                            1L,
                            now,
                            now,
                            "Because.",
                            List.of()));
        }
        return this;
    }

    private static Talk talk(String client, String server, int port) {
        return new Talk(client, server, port, "tcp", null, null, null, null, List.of(), List.of());
    }

    /** More of the same about alerts that were expected already: fine, now and then. */
    SettleTimeline updates() {
        while (checked < changes.size() && isUpdate(changes.get(checked), checked)) {
            checked++;
        }
        return this;
    }

    private boolean isUpdate(Alert alert, int before) {
        return changes.subList(0, before).stream()
                .anyMatch(
                        a ->
                                a.getId().equals(alert.getId())
                                        && a.getKind().equals(alert.getKind())
                                        && a.getState().equals(alert.getState()));
    }

    /** The next change must be this. */
    Alert expect(String kind, String state) {
        if (checked >= changes.size()) {
            fail("expected " + state + " " + kind + ", nothing came");
        }
        Alert next = changes.get(checked++);
        assertEquals(state + " " + kind, next.getState() + " " + next.getKind(), next.getTitle());
        return next;
    }

    /** All that came meanwhile is of this kind. */
    SettleTimeline expectOnly(String kind) {
        for (; checked < changes.size(); checked++) {
            assertEquals(kind, changes.get(checked).getKind(), changes.get(checked).getTitle());
        }
        return this;
    }

    SettleTimeline expectNothing() {
        List<String> more =
                changes.subList(checked, changes.size()).stream()
                        .map(a -> a.getState() + " " + a.getTitle())
                        .toList();
        assertEquals(List.of(), more);
        return this;
    }

    /** Alerts as plain Avro binary. */
    static final class Binary implements AlertCodec {
        static {
            // As the serdes do: Avro creates no class that it was not told to trust.
            ClassSecurityValidator.setGlobal(
                    ClassSecurityValidator.composite(
                            ClassSecurityValidator.getGlobal(),
                            type -> type.getPackageName().equals(Alert.class.getPackageName())));
        }

        @Override
        public byte[] encode(Alert alert) {
            try {
                var bytes = new ByteArrayOutputStream();
                var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
                new SpecificDatumWriter<>(Alert.class).write(alert, encoder);
                encoder.flush();
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Alert decode(byte[] bytes) {
            try {
                return new SpecificDatumReader<>(Alert.class)
                        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Alert copy(Alert alert) {
            var codec = new Binary();
            return codec.decode(codec.encode(alert));
        }
    }
}
