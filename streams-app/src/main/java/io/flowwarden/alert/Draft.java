package io.flowwarden.alert;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.AlertWitness;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.Subject;
import java.util.List;

/** An alert being worded: what deciders fill in, with everything else empty. */
final class Draft {
    private static final int MOST_EVIDENCE = 5;

    private final Alert alert = new Alert();

    /**
     * @param alertClass mostly the kind's own; links have that of what they carry
     * @param about text that names the subject; with the class it makes the key
     */
    Draft(Kind kind, String alertClass, String about, String findingKey) {
        alert.setKind(kind.name());
        alert.setClass$(alertClass);
        alert.setKey(Ids.key(alertClass, about));
        alert.setFindingKey(findingKey);
        alert.setId("");
        alert.setState("OPEN");
        alert.setPreviousKinds(List.of());
        alert.setSeverity(Severity.WARNING.text());
        alert.setTitle("");
        alert.setExplanation("");
        alert.setWitnesses(List.of());
        alert.setEvidence(List.of());
        alert.setNextSteps(Steps.of(kind));
        alert.setConfidence("high");
        var subject = new Subject();
        subject.setClientRoles(List.of());
        subject.setServerRoles(List.of());
        alert.setSubject(subject);
    }

    Draft severity(Severity severity) {
        alert.setSeverity(severity.text());
        return this;
    }

    /** Event time since when. */
    Draft since(long openedAt) {
        alert.setOpenedAt(openedAt);
        return this;
    }

    Draft words(String title, String explanation) {
        alert.setTitle(title);
        alert.setExplanation(explanation);
        return this;
    }

    Draft revisions(Finding finding) {
        alert.setCatalogRevision(finding.getCatalogRevision());
        alert.setEstateRevision(finding.getEstateRevision());
        return this;
    }

    Draft witnesses(List<AlertWitness> witnesses) {
        alert.setWitnesses(witnesses);
        return this;
    }

    Draft evidence(List<String> evidence) {
        alert.setEvidence(
                evidence.size() <= MOST_EVIDENCE
                        ? evidence
                        : List.copyOf(evidence.subList(0, MOST_EVIDENCE)));
        return this;
    }

    Subject subject() {
        return alert.getSubject();
    }

    /** The alert itself, for fields that only some kinds have. */
    Alert alert() {
        return alert;
    }
}
