package io.flowwarden.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SinkSettingsTest {
    @TempDir Path folder;

    @Test
    void everyFaultStandsAtItsKeyAndNoSecretInIt() throws IOException {
        ConfigFile file =
                read(
                        """
                        alert.sinks:
                          - {type: pager, urls: [http://a]}
                          - {urls: [http://a]}
                          - {type: syslog, transport: tcp}
                          - {type: syslog, address: nowhere, transport: smoke}
                          - {type: webhook, url: "ftp://secret-1/x", hmac.secre: secret-2}
                          - {type: webhook, url: "${env:NOT_THERE}"}
                          - {type: alertmanager, urls: ["http://user:secret-3@a"]}
                          - {type: alertmanager, urls: [http://a], tls.ca: /not/there.pem}
                          - {type: webhook, url: "ftp://secret-4/x"}
                        """);
        List<String> faults =
                file.faults().stream().map(each -> each.line() + " " + each.key()).toList();
        assertEquals(
                List.of(
                        "2 alert.sinks[0].type",
                        "3 alert.sinks[1].type",
                        "4 alert.sinks[2].address",
                        "5 alert.sinks[3].address",
                        "5 alert.sinks[3].transport",
                        "6 alert.sinks[4].hmac.secre",
                        "7 alert.sinks[5].url",
                        "8 alert.sinks[6].urls",
                        "9 alert.sinks[7]",
                        "10 alert.sinks[8].url"),
                faults);
        for (Fault fault : file.faults()) {
            assertFalse(fault.toString().contains("secret-"), fault.toString());
        }
        assertEquals("hmac.secret", file.faults().get(5).nearest());
        assertTrue(file.faults().get(8).reason().contains("/not/there.pem"));
    }

    @Test
    void secretsComeFromFilesAndStayOutOfSight() throws IOException {
        Path secret = Files.writeString(folder.resolve("chat-url"), "https://chat/secret-1");
        Config config =
                read("alert.sinks: [{type: webhook, url: \"${directory:%s:chat-url}\"}]\n"
                                .formatted(folder))
                        .valid();
        assertEquals(Files.readString(secret), config.alertSinks().get(0).settings().get("url"));
        assertFalse((config + " " + config.alertSinks()).contains("secret-1"));
    }

    private ConfigFile read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("flowwarden.yaml"), yaml);
        return ConfigFile.read(file, Map.of());
    }
}
