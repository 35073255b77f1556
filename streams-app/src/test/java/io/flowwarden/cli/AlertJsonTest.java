package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.decode.golden.Json;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.AlertWitness;
import io.flowwarden.schemas.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertJsonTest {
    @Test
    void theCommandLineAndTheSinksSayTheSame() throws IOException {
        var alert = new Alert();
        alert.setId("id");
        alert.setKey("key");
        alert.setFindingKey("link/dr");
        alert.setClass$("replication");
        alert.setKind("REPLICATION_BLOCKED");
        alert.setPreviousKinds(List.of("RPO_AT_RISK"));
        alert.setSeverity("critical");
        alert.setState("OPEN");
        alert.setTitle("title");
        alert.setExplanation("explanation");
        alert.setConfidence("high");
        alert.setOpenedAt(1_790_000_000_000L);
        alert.setLastGood(1_790_000_000_001L);
        alert.setCount(3);
        alert.setEvidence(List.of("a flow"));
        alert.setNextSteps(List.of("look"));
        alert.setWitnesses(List.of(new AlertWitness("netflow/1/0", "paris", 5L, "SEES")));
        var subject = new Subject();
        subject.setLink("dr");
        subject.setPort(31_031);
        subject.setClientRoles(List.of("esxi-host"));
        subject.setServerRoles(List.of());
        alert.setSubject(subject);
        var printed = new ByteArrayOutputStream();
        try (var out = new Output(printed)) {
            out.json(json -> AlertJson.write(json, alert));
        }
        String told = io.flowwarden.sink.AlertJson.of(alert).toString();
        assertEquals(
                new TreeMap<>(Json.object(Json.read(told))).toString(),
                new TreeMap<>(Json.object(Json.read(printed.toString(UTF_8)))).toString());
    }
}
