package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The keys of {@code --json}, their order and their nulls are a promise to scripts. */
final class FlowJsonTest {
    private static final List<String> DECODED =
            List.of(
                    ("type source exporter start end src dst src_port dst_port transport protocol"
                                    + " icmp_type icmp_code bytes packets reverse_bytes"
                                    + " reverse_packets tcp_flags sampling outcome input_if"
                                    + " output_if direction vlan vrf next_hop src_mac dst_mac"
                                    + " nat_src nat_dst nat_src_port nat_dst_port end_reason app"
                                    + " interface_id account_id vpc_id time_from clamped"
                                    + " input_if_name output_if_name mpls_label")
                            .split(" "));

    private static final List<String> JUDGED =
            List.of(
                    ("client server service_port orientation oriented_by verdict category rule"
                                    + " reason nearest_rule failed_condition candidates"
                                    + " client_roles server_roles client_site server_site marks"
                                    + " explanation candidate_rules client_name server_name input"
                                    + " pkt_src pkt_dst catalog_revision estate_revision")
                            .split(" "));

    @Test
    void decodedFlowHasEveryKeyInTheDocumentedOrder() throws IOException {
        assertEquals(DECODED, keys(json(out -> FlowJson.write(out, bare()))));
    }

    @Test
    void judgedFlowAddsItsKeysAfterThose() throws IOException {
        var expected = new ArrayList<>(DECODED);
        expected.addAll(JUDGED);
        assertEquals(expected, keys(json(out -> FlowJson.write(out, judged()))));
    }

    @Test
    void whatWasNotExportedIsNullAndZeroIsZero() throws IOException {
        Flow flow = bare();
        flow.setBytes(0L);
        flow.setSrcPort(0);
        String expected =
                "{\"type\":\"flow\",\"source\":\"netflow/file/0\",\"exporter\":null,"
                        + "\"start\":\"2026-11-20T22:00:00.000Z\","
                        + "\"end\":\"2026-11-20T22:00:01.005Z\","
                        + "\"src\":null,\"dst\":null,\"src_port\":0,\"dst_port\":null,"
                        + "\"transport\":null,\"protocol\":null,\"icmp_type\":null,"
                        + "\"icmp_code\":null,\"bytes\":0,\"packets\":null,";
        String json = json(out -> FlowJson.write(out, flow));
        assertEquals(expected, json.substring(0, expected.length()));
    }

    @Test
    void everyObjectIsALineOfItsOwn() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new Output(bytes)) {
            out.json(json -> FlowJson.write(json, bare()));
            out.json(json -> FlowJson.write(json, judged()));
        }
        String[] lines = bytes.toString(UTF_8).split("\n", -1);
        assertEquals(3, lines.length);
        assertEquals("", lines[2]);
        assertEquals("{", lines[1].substring(0, 1));
    }

    private static Flow bare() {
        return Flow.newBuilder()
                .setSource("netflow/file/0")
                .setStart(1_795_212_000_000L)
                .setEnd(1_795_212_001_005L)
                .setOutcome("UNKNOWN")
                .setTimeFrom("uptime")
                .setClamped(false)
                .build();
    }

    private static JudgedFlow judged() {
        return JudgedFlow.newBuilder()
                .setFlow(bare())
                .setOrientation("guess")
                .setVerdict("OUT_OF_SCOPE")
                .setCandidates(0)
                .setExplanation("nothing is known about either side")
                .build();
    }

    private static String json(Output.Body body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new Output(bytes)) {
            out.json(body);
        }
        return bytes.toString(UTF_8);
    }

    private static List<String> keys(String json) throws IOException {
        var keys = new ArrayList<String>();
        try (var parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    keys.add(parser.currentName());
                }
            }
        }
        return keys;
    }
}
