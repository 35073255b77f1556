package io.flowwarden.alert;

import io.flowwarden.roster.Calendar.Opening;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.LinkKind;
import java.util.List;

/**
 * Bytes of a link against what it needs: replication that moves too little in its RPO, backups that
 * start late, not at all, or leave off too early. A minute is judged when every source that watches
 * the link, and lives, has told of it.
 */
final class WindowJudge {
    /** Judgements in a row that make it stalled. */
    static final int ENOUGH = 3;

    /** One minute of so many may be unwatched where nothing at all was seen of a backup. */
    private static final int FEW = 10;

    private static final long MINUTE = LinkMinutes.MINUTE;
    private static final long KEPT_BEYOND = 60 * MINUTE;

    private final DeclaredLink link;
    private final LinkMinutes minutes;
    private final Sources sources;

    WindowJudge(DeclaredLink link, LinkMinutes minutes, Sources sources) {
        this.link = link;
        this.minutes = minutes;
        this.sources = sources;
    }

    void judge(LinkState state) {
        long complete = Long.MAX_VALUE;
        long first = Long.MAX_VALUE;
        for (var view : state.views.entrySet()) {
            first = Math.min(first, view.getValue().first());
            if (!sources.isSilent(view.getKey())) {
                complete = Math.min(complete, view.getValue().latest() + MINUTE);
            }
        }
        if (complete == Long.MAX_VALUE) {
            return;
        }
        if (link.kind() == LinkKind.REPLICATION && link.minBytes() != null && link.rpo() != null) {
            stalled(state, first, complete);
        } else if (link.kind() == LinkKind.BACKUP && link.calendar() != null) {
            backup(state, first, complete);
        }
        state.judgedTo = Math.max(state.judgedTo, complete);
        minutes.forget(link.name(), complete - kept());
    }

    private long kept() {
        return KEPT_BEYOND
                + (link.kind() == LinkKind.BACKUP
                        ? 48 * 60 * MINUTE
                        : link.rpo() == null ? 0 : link.rpo());
    }

    private void stalled(LinkState state, long first, long complete) {
        // Each minute is judged once, however many become complete at a time.
        long from = Math.max(state.judgedTo, first + link.rpo() - MINUTE);
        for (long end = from + MINUTE; end <= complete; end += MINUTE) {
            List<LinkMinutes.Minute> window = minutes.between(link.name(), end - link.rpo(), end);
            if (unwatched(window, end - link.rpo(), end) > 0) {
                continue;
            }
            long bytes = LinkMinutes.bytes(window);
            boolean flows = window.stream().anyMatch(LinkMinutes.Minute::payload);
            if (flows && bytes < link.minBytes()) {
                state.stalledRun++;
                state.stalledBytes = bytes;
                if (state.stalledRun == 1) {
                    state.stalledSince = end;
                }
            } else {
                state.stalledRun = 0;
            }
        }
    }

    private void backup(LinkState state, long first, long complete) {
        Opening opening = link.calendar().lastBefore(complete - 1);
        if (opening == null || opening.start() < first) {
            return;
        }
        long until = Math.min(opening.end(), complete);
        List<LinkMinutes.Minute> window = minutes.between(link.name(), opening.start(), until);
        boolean begun = window.stream().anyMatch(LinkMinutes.Minute::payload);
        long bytes = LinkMinutes.bytes(window);
        boolean enough = link.minBytes() == null ? begun : bytes >= link.minBytes();
        boolean same = state.backup != null && state.backupStart == opening.start();
        long blind = unwatched(window, opening.start(), until);
        // Its bytes, or all of a short one, may have been in what nobody watched. But a whole
        // night is not unknown for an exporter that was away for a while.
        if (!enough && blind > 0 && (begun || blind * FEW > (until - opening.start()) / MINUTE)) {
            return;
        }
        state.backupBytes = bytes;
        if (complete >= opening.end()) {
            Kind kind = enough ? null : begun ? Kind.BACKUP_INCOMPLETE : Kind.BACKUP_MISSED;
            set(state, kind, opening.end(), opening);
        } else if (complete >= opening.startBy() && !begun) {
            set(state, Kind.BACKUP_LATE, opening.startBy(), opening);
        } else if (enough || same && begun) {
            set(state, null, 0, opening);
        }
        // Else last night's stays as it is until tonight's is better.
    }

    /** Minutes of which nobody told. */
    private static long unwatched(List<LinkMinutes.Minute> window, long from, long to) {
        long whole = Math.floorDiv(to, MINUTE) + Math.floorDiv(-from, MINUTE);
        long told = window.stream().mapToLong(LinkMinutes.Minute::start).distinct().count();
        return Math.max(0, whole - told);
    }

    private static void set(LinkState state, Kind kind, long since, Opening opening) {
        state.backup = kind == null ? null : kind.name();
        state.backupSince = since;
        state.backupStart = opening.start();
    }
}
