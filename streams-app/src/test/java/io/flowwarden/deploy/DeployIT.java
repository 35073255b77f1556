package io.flowwarden.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.cli.Running;
import io.flowwarden.decode.ExportBytes;
import io.flowwarden.testkit.Await;
import io.flowwarden.testkit.Peers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files under deploy, read by the programs that they are for. */
final class DeployIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Path RULES = DEPLOY.resolve("prometheus/flowwarden.rules.yml");
    private static final Path UNIT = DEPLOY.resolve("systemd/flowwarden.service");

    private static final Pattern METRIC = Pattern.compile("\\bflowwarden_[a-z_]+");

    @TempDir Path folder;

    @Test
    void prometheusTakesTheRulesAndEachFiresOnWhatItIsForOnly() throws Exception {
        require("promtool", "prometheus", "--version");
        accepted("promtool", "check", "rules", RULES.toString());
        accepted(
                "promtool",
                "check",
                "config",
                DEPLOY.resolve("prometheus/prometheus.yml").toString());
        accepted(
                "promtool",
                "test",
                "rules",
                DEPLOY.resolve("prometheus/flowwarden.rules.test.yml").toString());
    }

    @Test
    void alertmanagerTakesItsConfiguration() throws Exception {
        require("amtool", "prometheus-alertmanager", "--version");
        accepted(
                "amtool",
                "check-config",
                DEPLOY.resolve("alertmanager/alertmanager.yml").toString());
    }

    @Test
    void systemdTakesTheUnitAndFindsItWellConfined() throws Exception {
        require("systemd-analyze", "systemd", "--version");
        // It asks whether the program is there, so the unit is moved to where it is.
        Path unit =
                Files.writeString(
                        folder.resolve(UNIT.getFileName()),
                        Files.readString(UNIT).replace("/opt/flowwarden", ROOT.toString()));
        assertEquals("", accepted("systemd-analyze", "verify", "--man=no", unit.toString()));
        // Of 10; a unit that confines nothing has 9.6.
        accepted(
                "systemd-analyze",
                "security",
                "--offline=yes",
                "--no-pager",
                "--threshold=20",
                unit.toString());
    }

    @Test
    void everyMetricOfARuleIsOneThatFlowwardenTells() throws Exception {
        var named = new TreeSet<String>();
        var matcher = METRIC.matcher(Files.readString(RULES));
        while (matcher.find()) {
            named.add(matcher.group());
        }
        assertTrue(named.size() > 10, named.toString());
        Path config =
                Files.writeString(
                        folder.resolve("flowwarden.yaml"),
                        "alert.sinks: [{type: webhook, url: 'http://127.0.0.1:9/'}]\n");
        try (var live =
                Running.start(
                        folder,
                        "live",
                        "--listen",
                        "127.0.0.1:0",
                        "--http",
                        "127.0.0.1:0",
                        "--config",
                        config.toString())) {
            live.awaitSaying("judging");
            // Some are told from the first time on.
            try (var channel = DatagramChannel.open()) {
                byte[] bad = ExportBytes.v9(1_800_000_000, 1_000, 5, new byte[] {0, 0, 0, 3});
                channel.send(ByteBuffer.wrap(bad), live.udp());
            }
            Await.until(
                    "the metrics of the rules",
                    () -> told(live).containsAll(named),
                    () -> {
                        var missing = new TreeSet<>(named);
                        missing.removeAll(told(live));
                        return missing + " are not in " + live.body("/metrics");
                    });
        }
    }

    @Test
    void theUnitStartsLiveWithOptionsThatItHas() throws Exception {
        String start =
                Files.readString(UNIT)
                        .lines()
                        .filter(line -> line.startsWith("ExecStart="))
                        .findFirst()
                        .orElseThrow();
        String help;
        try (var live = Running.start(folder, "live", "--help")) {
            Await.until(
                    "the help",
                    () -> String.join("\n", live.lines()).contains("--version"),
                    live::said);
            help = String.join("\n", live.lines());
        }
        var option = Pattern.compile("--[a-z]+").matcher(start);
        int found = 0;
        while (option.find()) {
            found++;
            assertTrue(help.contains(option.group()), option.group() + " in\n" + help);
        }
        assertEquals(5, found, start);
    }

    private static Set<String> told(Running live) {
        var names = new TreeSet<String>();
        var matcher = METRIC.matcher(live.body("/metrics"));
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private void require(String program, String debianPackage, String argument)
            throws InterruptedException {
        try {
            start(program, argument).waitFor();
        } catch (IOException absent) {
            Peers.absent(program + " is not there; on Debian: apt-get install " + debianPackage);
        }
    }

    /** Runs it, which must end well; what it complained of. */
    private String accepted(String... command) throws Exception {
        Process process = start(command);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), String.join(" ", command));
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(0, process.exitValue(), String.join(" ", command) + "\n" + out + err);
        return err;
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(List.of(command)).start();
    }
}
