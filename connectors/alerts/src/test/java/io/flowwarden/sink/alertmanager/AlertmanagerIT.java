package io.flowwarden.sink.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Alerts;
import io.flowwarden.sink.Courier;
import io.flowwarden.sink.HttpPeer;
import io.flowwarden.sink.LocalPeer;
import io.flowwarden.sink.SinkKind;
import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager, asked by its own amtool, with the inhibition that the README names. */
final class AlertmanagerIT {
    @TempDir static Path folder;
    private static HttpPeer pager;
    private static LocalPeer alertmanager;
    private static String amtool;
    private static String url;

    private Courier sink;

    @BeforeAll
    static void start() throws IOException {
        String program =
                LocalPeer.program(
                        "prometheus-alertmanager", "prometheus-alertmanager", "alertmanager");
        amtool = LocalPeer.program("prometheus-alertmanager", "amtool");
        pager = new HttpPeer();
        int port = LocalPeer.freePort();
        url = "http://127.0.0.1:" + port;
        Path config =
                Files.writeString(
                        folder.resolve("alertmanager.yml"),
                        """
                        route:
                          receiver: pager
                          group_by: ['...']
                          group_wait: 10ms
                          group_interval: 100ms
                        receivers:
                          - name: pager
                            webhook_configs:
                              - {url: '%s', send_resolved: true}
                        %s
                        """
                                .formatted(pager.url(), inhibition()));
        alertmanager =
                LocalPeer.start(
                        folder,
                        program,
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=");
        Await.until("Alertmanager", () -> LocalPeer.listens(port), alertmanager::said);
    }

    /** As the README tells its readers to write it. */
    private static String inhibition() throws IOException {
        Matcher yaml =
                Pattern.compile("```yaml\\n(inhibit_rules:.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(Path.of("README.md")));
        if (!yaml.find()) {
            throw new AssertionError("the README names no inhibit_rules");
        }
        return yaml.group(1);
    }

    @AfterAll
    static void stop() {
        if (alertmanager != null) {
            alertmanager.close();
        }
        if (pager != null) {
            pager.close();
        }
    }

    @BeforeEach
    void open() {
        pager.seen().clear();
        sink =
                SinkKind.ALERTMANAGER.open(
                        Map.of("urls", url, "resend.ms", "1000"), InstantSource.system());
    }

    @AfterEach
    void close() {
        sink.close();
    }

    private void deliver(Alert... alerts) throws InterruptedException {
        assertNull(sink.deliver(List.of(alerts)).outage());
    }

    /** What amtool shows of an alert, by id. */
    private static Map<String, JsonNode> shown(String... filter) {
        var command = new ArrayList<>(List.of(amtool, "--alertmanager.url=" + url, "-o", "json"));
        command.addAll(List.of("alert", "query"));
        command.addAll(List.of(filter));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
            var alerts = new TreeMap<String, JsonNode>();
            for (JsonNode alert : new ObjectMapper().readTree(answer)) {
                alerts.put(alert.at("/labels/id").asText(), alert);
            }
            return alerts;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> paged(String id) {
        return pager.taken().stream()
                .filter(body -> body.at("/alerts/0/labels/id").asText().equals(id))
                .map(body -> body.path("status").asText())
                .toList();
    }

    private void keepUp() {
        try {
            sink.upkeep();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void alertFiresIsSentAgainAndResolves() throws InterruptedException {
        deliver(Alerts.open("fires"));
        Await.until("a page", () -> paged("fires").equals(List.of("firing")), alertmanager::said);
        JsonNode first = shown("id=fires").get("fires");
        assertEquals("REPLICATION_BLOCKED", first.at("/labels/alertname").asText());
        assertEquals(
                Alerts.OPENED, Instant.parse(first.path("startsAt").asText()), first.toString());
        Instant end = Instant.parse(first.path("endsAt").asText());
        Await.until(
                "a later end",
                () -> {
                    keepUp();
                    return Instant.parse(shown("id=fires").get("fires").path("endsAt").asText())
                            .isAfter(end);
                },
                () -> shown("id=fires"));
        deliver(Alerts.resolved("fires"));
        Await.until(
                "the end",
                () -> paged("fires").equals(List.of("firing", "resolved")),
                () -> paged("fires"));
        assertEquals(Map.of(), shown("id=fires"));
    }

    @Test
    void childrenAreInhibitedByTheirCauseWhateverItIs() throws InterruptedException {
        deliver(
                Alerts.open("root"),
                Alerts.child("child", "root"),
                Alerts.child("grandchild", "child"),
                Alerts.open("other"));
        assertEquals(
                List.of("other", "root"),
                List.copyOf(shown("link=dr-lyon", "id=~root|.*child|other").keySet()));
        assertEquals(
                List.of("child", "grandchild"),
                List.copyOf(shown("--inhibited", "id=~root|.*child").keySet()));
        deliver(Alerts.resolved("root"));
        Await.until(
                "children without a cause to be shown",
                () ->
                        shown("id=~root|.*child")
                                .keySet()
                                .equals(java.util.Set.of("child", "grandchild")),
                () -> shown("id=~root|.*child"));
    }

    @Test
    void alertThatChangesItsKindIsOneAlert() throws InterruptedException {
        deliver(Alerts.open("changes"));
        Alert changed = Alerts.open("changes");
        changed.setKind("RPO_AT_RISK");
        deliver(changed);
        assertEquals(Map.of(), shown("alertname=REPLICATION_BLOCKED", "id=changes"));
        assertEquals(1, shown("alertname=RPO_AT_RISK", "id=changes").size());
    }
}
