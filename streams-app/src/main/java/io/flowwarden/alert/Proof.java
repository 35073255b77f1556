package io.flowwarden.alert;

import io.flowwarden.roster.DeclaredLink;
import java.util.ArrayList;
import java.util.List;

/**
 * Attempts that no other source's view speaks against. Where others watch the link too, their word
 * on the minutes of the attempts is waited for: of load-shared paths each shows a part.
 */
record Proof(LinkMinutes minutes, Sources sources) {
    List<Member.Blocked> of(DeclaredLink link, Member member, LinkState state) {
        if (member.blocked.isEmpty() || !link.byMinutes()) {
            return member.blocked;
        }
        var proven = new ArrayList<Member.Blocked>();
        for (Member.Blocked blocked : member.blocked) {
            if (!contradicted(link, blocked, state)) {
                proven.add(blocked);
            }
        }
        return proven;
    }

    private boolean contradicted(DeclaredLink link, Member.Blocked blocked, LinkState state) {
        for (var view : state.views.entrySet()) {
            boolean other = !view.getKey().equals(blocked.source());
            if (other
                    && !sources.isSilent(view.getKey())
                    && view.getValue().latest() + LinkMinutes.MINUTE <= blocked.first()) {
                return true;
            }
        }
        long begun = blocked.first() - Math.floorMod(blocked.first(), LinkMinutes.MINUTE);
        // The minute in which it began may have a success from before; when it has lasted for some
        // minutes, those tell.
        boolean lasts = blocked.last() >= begun + 3 * LinkMinutes.MINUTE;
        long from = lasts ? begun + LinkMinutes.MINUTE : begun;
        for (LinkMinutes.Minute minute : minutes.between(link.name(), from, blocked.last() + 1)) {
            if (!minute.source().equals(blocked.source())
                    && minute.pairs().contains(blocked.pair())) {
                return true;
            }
        }
        return false;
    }
}
