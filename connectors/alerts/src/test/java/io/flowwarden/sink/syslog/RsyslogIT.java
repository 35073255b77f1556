package io.flowwarden.sink.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Alerts;
import io.flowwarden.sink.LocalPeer;
import io.flowwarden.sink.SinkKind;
import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real rsyslogd, which writes what it understood of each message as JSON. */
final class RsyslogIT {
    @TempDir static Path folder;
    private static Path received;
    private static LocalPeer rsyslog;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        String program = LocalPeer.program("rsyslog", "rsyslogd");
        port = LocalPeer.freePort();
        received = folder.resolve("received");
        Path config =
                Files.writeString(
                        folder.resolve("rsyslog.conf"),
                        """
                        global(workDirectory="%s")
                        module(load="imtcp")
                        module(load="imudp")
                        template(name="parsed" type="string" string="%%jsonmesg%%\\n")
                        input(type="imtcp" address="127.0.0.1" port="%d")
                        input(type="imudp" address="127.0.0.1" port="%d")
                        action(type="omfile" file="%s" template="parsed")
                        """
                                .formatted(folder, port, port, received));
        rsyslog =
                LocalPeer.start(
                        folder,
                        program,
                        "-n",
                        "-f",
                        config.toString(),
                        "-i",
                        folder.resolve("pid").toString());
        Await.until("rsyslogd", () -> LocalPeer.listens(port), rsyslog::said);
    }

    @AfterAll
    static void stop() {
        if (rsyslog != null) {
            rsyslog.close();
        }
    }

    private int before;

    @BeforeEach
    void forget() {
        before = received().size();
    }

    private static List<JsonNode> received() {
        var messages = new ArrayList<JsonNode>();
        try {
            if (Files.exists(received)) {
                String text = Files.readString(received);
                // A line may be half written.
                for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
                    JsonNode message = new ObjectMapper().readTree(line);
                    // rsyslogd tells of its own start, too.
                    if (message.path("app-name").asText().equals("flowwarden")) {
                        messages.add(message);
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return messages;
    }

    private List<JsonNode> sent(String transport, Alert... alerts) throws InterruptedException {
        var settings =
                Map.of(
                        "address",
                        "127.0.0.1:" + port,
                        "transport",
                        transport,
                        "hostname",
                        "collector.example");
        var sink = SinkKind.SYSLOG.open(settings, InstantSource.system());
        assertNull(sink.deliver(List.of(alerts)).outage());
        Await.until(
                "the messages",
                () -> received().size() >= before + alerts.length,
                () -> received() + rsyslog.said());
        sink.close();
        return received().subList(before, received().size());
    }

    private static void understood(String transport, List<JsonNode> messages, Alert... alerts) {
        assertEquals(alerts.length, messages.size());
        for (int i = 0; i < alerts.length; i++) {
            JsonNode message = messages.get(i);
            assertEquals("1", message.path("protocol-version").asText(), "RFC 5424: " + message);
            assertEquals("im" + transport, message.path("inputname").asText());
            assertEquals("collector.example", message.path("hostname").asText());
            assertEquals(alerts[i].getKind(), message.path("msgid").asText());
            assertEquals("16", message.path("syslogfacility").asText());
            var parsed = ParsedSyslog.of(message.path("rawmsg").asText());
            assertEquals(alerts[i].getId(), parsed.extension().get("externalId"));
            assertEquals(alerts[i].getTitle(), parsed.header().get(5));
            assertEquals(alerts[i].getExplanation(), parsed.extension().get("msg"));
        }
    }

    private static Alert[] alerts() {
        Alert foreign = Alerts.open("b");
        foreign.setTitle("R\u00e9plication \u51fa a|b c=d e\\f");
        foreign.setExplanation("two\nlines, \u00e9 = \u51fa \\ |");
        return new Alert[] {Alerts.open("a"), foreign, Alerts.resolved("a")};
    }

    @Test
    void messagesOverTcpAreUnderstood() throws InterruptedException {
        understood("tcp", sent("tcp", alerts()), alerts());
    }

    @Test
    void messagesOverUdpAreUnderstood() throws InterruptedException {
        understood("udp", sent("udp", alerts()), alerts());
    }
}
