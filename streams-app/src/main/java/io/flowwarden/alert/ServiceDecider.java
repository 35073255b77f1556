package io.flowwarden.alert;

import io.flowwarden.alert.Incidents.Effect;
import io.flowwarden.detect.FindingKeys;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Attempt;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.Talk;

/** Catalogued services outside declared links that worked and now do not. */
final class ServiceDecider {
    private final Incidents incidents;

    ServiceDecider(Incidents incidents) {
        this.incidents = incidents;
    }

    Effect decide(Finding finding, Attempt attempt) {
        Talk talk = attempt.getTalk();
        String service = TalkWords.service(talk);
        String about = talk.getClient() + ">" + talk.getServer() + " " + service;
        String alertClass = Kind.SERVICE_BLOCKED.alertClass();
        if (attempt.getState().equals("CLEAR")) {
            return incidents.right(
                    Ids.key(alertClass, about),
                    finding.getAt(),
                    attempt.getEvidence().equals("PAYLOAD")
                            ? "payload seen again"
                            : "no further attempts");
        }
        String title =
                "Service "
                        + service
                        + " from "
                        + TalkWords.client(talk)
                        + " to "
                        + TalkWords.server(talk)
                        + " blocked since "
                        + Times.full(attempt.getFirst());
        String good =
                attempt.getLastGood() == null
                        ? ""
                        : "; it worked at "
                                + Times.after(attempt.getLastGood(), attempt.getFirst());
        Draft draft =
                new Draft(
                                Kind.SERVICE_BLOCKED,
                                alertClass,
                                about,
                                FindingKeys.client(talk.getClient()))
                        .since(attempt.getFirst())
                        .revisions(finding)
                        .words(
                                title,
                                title
                                        + ": "
                                        + attempt.getCount()
                                        + " attempts"
                                        + good
                                        + ". "
                                        + LinkWords.meaning(attempt.getEvidence()))
                        .evidence(attempt.getSamples());
        TalkWords.subject(draft.subject(), talk);
        Alert alert = draft.alert();
        alert.setReason(attempt.getEvidence());
        alert.setRule(attempt.getRule());
        alert.setCategory(attempt.getCategory());
        alert.setCount(attempt.getCount());
        alert.setLastSeen(attempt.getLast());
        alert.setLastGood(attempt.getLastGood());
        return incidents.wrong(alert);
    }
}
