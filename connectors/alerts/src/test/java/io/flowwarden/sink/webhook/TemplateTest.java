package io.flowwarden.sink.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Activity;
import io.flowwarden.sink.Alerts;
import org.junit.jupiter.api.Test;

final class TemplateTest {
    private static String filled(String template, Alert alert) {
        return Template.parse(template).of(alert, Activity.CREATE, Alerts.OPENED).toString();
    }

    @Test
    void fieldsAreFilledInWhereverTheyStand() {
        assertEquals(
                "{\"text\":\"CREATE a dr-lyon 31031 2026-11-20T22:04:10.000Z\","
                        + "\"blocks\":[{\"n\":1,\"t\":\"Look at the firewall between paris and lyon\"}],"
                        + "\"none\":\"\"}",
                filled(
                        "{\"text\": \"${activity} ${id} ${subject.link} ${subject.port}"
                                + " ${opened_at}\", \"blocks\": [{\"n\": 1, \"t\": \"${next_steps}\"}],"
                                + " \"none\": \"${muted_by}\"}",
                        Alerts.open("a")));
    }

    @Test
    void titleCannotBreakOutOfItsText() {
        Alert alert = Alerts.open("a");
        alert.setTitle("\", \"channel\": \"#other ${id} $1 \\");
        assertEquals(
                "{\"text\":\"\\\", \\\"channel\\\": \\\"#other ${id} $1 \\\\\"}",
                filled("{\"text\": \"${title}\"}", alert));
    }

    @Test
    void whatCannotWorkIsRefusedWithItsReason() {
        for (String[] wrong :
                new String[][] {
                    {"{\"text\": ", "is not JSON"},
                    {"{} {}", "is not JSON"},
                    {"\"${title}\"", "must be a JSON object"},
                    {"{\"text\": \"${titel} ${subject.colour}\"}", "no subject.colour, titel"}
                }) {
            String reason =
                    assertThrows(IllegalArgumentException.class, () -> Template.parse(wrong[0]))
                            .getMessage();
            assertTrue(reason.contains(wrong[1]), reason);
        }
    }
}
