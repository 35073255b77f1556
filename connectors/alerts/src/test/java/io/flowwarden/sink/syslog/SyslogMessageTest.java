package io.flowwarden.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Alerts;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SyslogMessageTest {
    private static final SyslogMessage SHORT = message(480);
    private static final SyslogMessage USUAL = message(8_192);

    private static SyslogMessage message(int bytes) {
        return new SyslogMessage(Facility.LOCAL0, "collector.example", "0.1.0", bytes);
    }

    private static ParsedSyslog parsed(SyslogMessage form, Alert alert) {
        return ParsedSyslog.of(new String(form.of(alert, Alerts.OPENED), UTF_8));
    }

    @Test
    void criticalAlertHasItsPriorityNameAndFields() {
        ParsedSyslog message = parsed(USUAL, Alerts.open("a"));
        assertEquals(16 * 8 + 2, message.priority());
        assertEquals("2026-11-20T22:04:10.000Z", message.timestamp());
        assertEquals("collector.example", message.hostname());
        assertEquals("flowwarden", message.app());
        assertEquals("REPLICATION_BLOCKED", message.msgid());
        assertFalse(message.bom(), "plain ASCII");
        assertEquals("0", message.header().get(0));
        assertEquals("Flowwarden", message.header().get(1));
        assertEquals("REPLICATION_BLOCKED", message.header().get(4));
        assertEquals("9", message.header().get(6));
        var fields = message.extension();
        assertEquals("a", fields.get("externalId"));
        assertEquals("10.1.10.11", fields.get("src"));
        assertEquals("10.2.20.5", fields.get("dst"));
        assertEquals("31031", fields.get("dpt"));
        assertEquals("TCP", fields.get("proto"));
        assertEquals("dr-lyon", fields.get("cs1"));
        assertEquals("link", fields.get("cs1Label"));
        assertEquals(Long.toString(Alerts.OPENED.toEpochMilli()), fields.get("start"));
    }

    @Test
    void endIsANotice() {
        ParsedSyslog message = parsed(USUAL, Alerts.resolved("a"));
        assertEquals(16 * 8 + 5, message.priority());
        assertEquals("RESOLVED", message.extension().get("act"));
    }

    @Test
    void addressesOfVersion6HaveTheirOwnFields() {
        Alert alert = Alerts.open("a");
        alert.getSubject().setClient("2001:db8::1");
        var fields = parsed(USUAL, alert).extension();
        assertEquals("2001:db8::1", fields.get("c6a2"));
        assertEquals("Source IPv6 Address", fields.get("c6a2Label"));
        assertFalse(fields.containsKey("src"));
    }

    @Test
    void textBeyondAsciiIsMarked() {
        Alert alert = Alerts.open("a");
        alert.setTitle("bloqu\u00e9e");
        assertTrue(parsed(USUAL, alert).bom());
    }

    @Test
    void whateverTheTextSaysTheMessageIsWholeAndWithinItsBytes() {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            Alert alert = Alerts.open("a");
            alert.setTitle(wild(random, 200));
            alert.setExplanation(wild(random, 3_000));
            alert.getSubject().setLink(wild(random, 100));
            for (int bytes : new int[] {1_500, 2_048, 8_192}) {
                byte[] message = message(bytes).of(alert, Alerts.OPENED);
                assertTrue(message.length <= bytes, message.length + " of " + bytes);
                ParsedSyslog parsed = ParsedSyslog.of(new String(message, UTF_8));
                assertEquals("a", parsed.extension().get("externalId"));
                assertTrue(
                        alert.getExplanation()
                                .startsWith(parsed.extension().getOrDefault("msg", "")),
                        "cut, not garbled");
            }
        }
    }

    @Test
    void shortMessageKeepsWhatMattersMost() {
        byte[] message = SHORT.of(Alerts.open("a"), Alerts.OPENED);
        assertTrue(message.length <= 480, message.length + " bytes");
        var fields = ParsedSyslog.of(new String(message, UTF_8)).extension();
        assertEquals("a", fields.get("externalId"));
        assertEquals("OPEN", fields.get("act"));
        assertEquals("10.1.10.11", fields.get("src"));
        assertFalse(fields.containsKey("cs6"));
    }

    private static String wild(Random random, int most) {
        String alphabet = "ab =|\\\n\r\"{}\u00e9\u51fa\ud83d\udd25";
        int[] points = alphabet.codePoints().toArray();
        var text = new StringBuilder("x");
        for (int left = random.nextInt(most); left > 0; left--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.append('x').toString();
    }
}
