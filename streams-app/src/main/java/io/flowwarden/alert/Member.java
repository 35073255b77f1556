package io.flowwarden.alert;

import io.flowwarden.schemas.Attempt;
import io.flowwarden.schemas.MemberDegraded;
import io.flowwarden.schemas.MemberSight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the sources say of one member of a link, or of the group that has one clock. */
final class Member {
    /** Blocked conversations that are told apart; more are counted with the last. */
    private static final int MOST_BLOCKED = 16;

    private static final int VERSION = 3;

    /**
     * One source's view.
     *
     * @param told tick time at which it was told
     */
    record Sight(
            String source,
            boolean sees,
            Long lastSeen,
            Long deadline,
            boolean decides,
            boolean reversed,
            long told) {}

    /** One conversation that one source saw fail. */
    record Blocked(
            String source,
            String client,
            String server,
            Integer port,
            String transport,
            String evidence,
            long count,
            long first,
            long last,
            Long lastGood,
            String rule,
            List<String> samples) {
        String pair() {
            return client + ">" + server;
        }
    }

    /** One source's eighths of the last three deadlines. */
    record Slots(String source, boolean low, long slots, long windowEnd, int needed, long told) {}

    final List<Sight> sights = new ArrayList<>();
    final List<Blocked> blocked = new ArrayList<>();
    final List<Slots> slots = new ArrayList<>();

    /** Whether it is a host whose own flow records stopped, with nobody left who could see it. */
    boolean mute;

    /** Since when nobody keeps track of it, tick time; 0 while somebody does. */
    long forgottenSince;

    /** Drops what sources said that nobody keeps track of any more. */
    void prune(Sources sources) {
        sights.removeIf(s -> !sources.stands(s.source(), s.told()));
        slots.removeIf(s -> !sources.stands(s.source(), s.told()));
    }

    /** What a source said of its beats, or null. */
    Slots slotsOf(String source) {
        return slots.stream().filter(s -> s.source().equals(source)).findFirst().orElse(null);
    }

    /** Whether nothing is known of it. */
    boolean isEmpty() {
        return sights.isEmpty() && blocked.isEmpty() && slots.isEmpty() && !mute;
    }

    void take(String source, MemberSight sight, long told) {
        sights.removeIf(one -> one.source().equals(source));
        if (!sight.getState().equals("FORGOTTEN")) {
            forgottenSince = 0;
            sights.add(
                    new Sight(
                            source,
                            sight.getState().equals("SEES"),
                            sight.getLastSeen(),
                            sight.getDeadline(),
                            sight.getDecides(),
                            sight.getReversed(),
                            told));
        }
        if (!sight.getState().equals("SEES")) {
            slots.removeIf(one -> one.source().equals(source));
        }
    }

    void take(String source, Attempt attempt) {
        var talk = attempt.getTalk();
        blocked.removeIf(
                one ->
                        one.source().equals(source)
                                && one.client().equals(talk.getClient())
                                && one.server().equals(talk.getServer()));
        if (attempt.getState().equals("CLEAR")) {
            if (attempt.getEvidence().equals("PAYLOAD")) {
                // It works: what others saw fail before that is over as well.
                blocked.removeIf(
                        one ->
                                one.client().equals(talk.getClient())
                                        && one.server().equals(talk.getServer())
                                        && one.last() <= attempt.getLast());
            }
            return;
        }
        if (blocked.size() == MOST_BLOCKED) {
            blocked.remove(0);
        }
        blocked.add(
                new Blocked(
                        source,
                        talk.getClient(),
                        talk.getServer(),
                        talk.getPort(),
                        talk.getTransport(),
                        attempt.getEvidence(),
                        attempt.getCount(),
                        attempt.getFirst(),
                        attempt.getLast(),
                        attempt.getLastGood(),
                        attempt.getRule(),
                        attempt.getSamples()));
    }

    void take(String source, MemberDegraded degraded, long told) {
        slots.removeIf(one -> one.source().equals(source));
        slots.add(
                new Slots(
                        source,
                        degraded.getState().equals("LOW"),
                        degraded.getSlots(),
                        degraded.getWindowEnd(),
                        degraded.getNeeded(),
                        told));
    }

    static Member decode(byte[] stored) {
        Member known = Fields.decode(VERSION, stored, Member::read);
        return known == null ? new Member() : known;
    }

    byte[] encode() {
        return Fields.encode(VERSION, this, Member::write);
    }

    private static void write(Fields.Writer to, Member member) throws IOException {
        to.list(
                member.sights,
                (out, s) -> {
                    out.text(s.source()).flag(s.sees());
                    number(out, s.lastSeen());
                    number(out, s.deadline());
                    out.flag(s.decides()).flag(s.reversed()).number(s.told());
                });
        to.list(
                member.blocked,
                (out, b) -> {
                    out.text(b.source()).text(b.client()).text(b.server());
                    number(out, b.port() == null ? null : (Long) (long) b.port());
                    out.text(b.transport()).text(b.evidence());
                    out.number(b.count()).number(b.first()).number(b.last());
                    number(out, b.lastGood());
                    out.text(b.rule()).texts(b.samples());
                });
        to.list(
                member.slots,
                (out, s) ->
                        out.text(s.source())
                                .flag(s.low())
                                .number(s.slots())
                                .number(s.windowEnd())
                                .number(s.needed())
                                .number(s.told()));
        to.flag(member.mute).number(member.forgottenSince);
    }

    private static Member read(Fields.Reader from) throws IOException {
        var member = new Member();
        member.sights.addAll(
                from.list(
                        in ->
                                new Sight(
                                        in.text(),
                                        in.flag(),
                                        number(in),
                                        number(in),
                                        in.flag(),
                                        in.flag(),
                                        in.number())));
        member.blocked.addAll(
                from.list(
                        in -> {
                            String source = in.text();
                            String client = in.text();
                            String server = in.text();
                            Long port = number(in);
                            return new Blocked(
                                    source,
                                    client,
                                    server,
                                    port == null ? null : port.intValue(),
                                    in.text(),
                                    in.text(),
                                    in.number(),
                                    in.number(),
                                    in.number(),
                                    number(in),
                                    in.text(),
                                    in.texts());
                        }));
        member.slots.addAll(
                from.list(
                        in ->
                                new Slots(
                                        in.text(),
                                        in.flag(),
                                        in.number(),
                                        in.number(),
                                        (int) in.number(),
                                        in.number())));
        member.mute = from.flag();
        member.forgottenSince = from.number();
        return member;
    }

    private static void number(Fields.Writer to, Long value) throws IOException {
        to.flag(value != null).number(value == null ? 0 : value);
    }

    private static Long number(Fields.Reader from) throws IOException {
        boolean there = from.flag();
        long value = from.number();
        return there ? (Long) value : null;
    }
}
