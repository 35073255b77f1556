package io.flowwarden.alert;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** What is known of a link beside its members' sightings. */
final class LinkState {
    private static final int VERSION = 1;

    /** Minutes that a source has told of the link. */
    record View(long first, long latest) {}

    /** How long a source has looked for the link in vain. */
    record Unseen(long since, long until) {}

    final TreeMap<String, View> views = new TreeMap<>();
    final TreeMap<String, Unseen> unseen = new TreeMap<>();
    boolean seen;

    /** End of the last minute that was judged, epoch ms. */
    long judgedTo = Long.MIN_VALUE;

    /** Judgements in a row that found too few bytes. */
    int stalledRun;

    long stalledSince;
    long stalledBytes;

    /** Kind of a backup that is not as it should be, or null. */
    String backup;

    long backupSince;
    long backupBytes;
    long backupStart;

    static LinkState decode(byte[] stored) {
        LinkState known = Fields.decode(VERSION, stored, LinkState::read);
        return known == null ? new LinkState() : known;
    }

    byte[] encode() {
        return Fields.encode(VERSION, this, LinkState::write);
    }

    private static void write(Fields.Writer to, LinkState state) throws IOException {
        to.list(
                List.copyOf(state.views.entrySet()),
                (out, e) ->
                        out.text(e.getKey())
                                .number(e.getValue().first())
                                .number(e.getValue().latest()));
        to.list(
                List.copyOf(state.unseen.entrySet()),
                (out, e) ->
                        out.text(e.getKey())
                                .number(e.getValue().since())
                                .number(e.getValue().until()));
        to.flag(state.seen).number(state.judgedTo).number(state.stalledRun);
        to.number(state.stalledSince).number(state.stalledBytes).text(state.backup);
        to.number(state.backupSince).number(state.backupBytes).number(state.backupStart);
    }

    private static LinkState read(Fields.Reader from) throws IOException {
        var state = new LinkState();
        from.list(in -> state.views.put(in.text(), new View(in.number(), in.number())));
        from.list(in -> state.unseen.put(in.text(), new Unseen(in.number(), in.number())));
        state.seen = from.flag();
        state.judgedTo = from.number();
        state.stalledRun = (int) from.number();
        state.stalledSince = from.number();
        state.stalledBytes = from.number();
        state.backup = from.text();
        state.backupSince = from.number();
        state.backupBytes = from.number();
        state.backupStart = from.number();
        return state;
    }
}
