package io.flowwarden.alert;

import io.flowwarden.alert.Incidents.Effect;
import io.flowwarden.detect.FindingKeys;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.PairState;

/**
 * Pairs of sites between which everything stopped at once: one alert that explains those of the
 * links. Its id follows from what every settle task knows, so that children anywhere can name it.
 */
final class PairDecider {
    private final Incidents incidents;
    private final Pairs pairs;

    PairDecider(Incidents incidents, Pairs pairs) {
        this.incidents = incidents;
        this.pairs = pairs;
    }

    /** Id of the alert about a pair that was last seen then. */
    static String id(String fromSite, String toSite, long since) {
        return Ids.id(key(fromSite, toSite), since);
    }

    private static String key(String fromSite, String toSite) {
        return Ids.key(Kind.PATH_LOST.alertClass(), "pair\n" + Pairs.name(fromSite, toSite));
    }

    /** A source that watched it is no longer there. */
    void forgotten(Finding finding, String from, String to) {
        if (pairs.lostSince(from, to) == null) {
            incidents.right(
                    key(from, to), finding.getAt(), "no source that lost it is watched any more");
        }
    }

    Effect decide(Finding finding, PairState state) {
        String from = state.getFrom();
        String to = state.getTo();
        Long since = pairs.lostSince(from, to);
        String key = key(from, to);
        if (since == null) {
            return incidents.right(key, finding.getAt(), "traffic is seen again");
        }
        Alert open = incidents.open(key);
        String title = "Nothing arrives from " + from + " at " + to + " since " + Times.full(since);
        Draft draft =
                new Draft(
                                Kind.PATH_LOST,
                                Kind.PATH_LOST.alertClass(),
                                "pair\n" + Pairs.name(from, to),
                                FindingKeys.pair(from, to))
                        .severity(Severity.CRITICAL)
                        .since(open == null ? since : open.getOpenedAt())
                        .revisions(finding)
                        .words(
                                title,
                                title
                                        + ": "
                                        + state.getMembers()
                                        + " members of links were lost together by "
                                        + finding.getSource()
                                        + ", which still reports. Their alerts name this one as"
                                        + " their cause.");
        draft.subject().setClientSite(from);
        draft.subject().setServerSite(to);
        Alert alert = draft.alert();
        alert.setLastGood(since);
        alert.setCount(state.getMembers());
        return incidents.wrong(alert);
    }
}
