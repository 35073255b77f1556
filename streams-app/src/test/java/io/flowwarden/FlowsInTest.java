package io.flowwarden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

/** What another collector has decoded is judged like everything else. */
class FlowsInTest {
    private static final String SOURCE = "netflow/10.1.255.1/0";

    @Test
    void flowsOfOtherCollectorsAreJudgedAndTheBooksBalance() throws IOException {
        try (var scene = new TopologyScene(FlowsWanted.ALL, 1)) {
            scene.publish(List.of());
            scene.pipe(raw(scene.written(flow())));
            scene.pipe(raw(new byte[] {1, 2, 3}));
            Flow bad = Flow.newBuilder(flow()).setSrc("nowhere").build();
            scene.pipe(raw(scene.written(bad)));

            List<JudgedFlow> flows = scene.flows();
            assertEquals(1, flows.size());
            JudgedFlow judged = flows.get(0);
            assertEquals("PLAUSIBLE", judged.getVerdict(), judged::getExplanation);
            assertEquals(31_031, judged.getServicePort());
            assertEquals(4_200, judged.getFlow().getBytes(), "sampling is applied already");
            assertEquals(100, judged.getFlow().getSampling());
            assertEquals(List.of("BAD_AVRO", "BAD_VALUE"), reasons(scene));
            assertEquals(3, scene.sum("raw"));
            scene.assertBalanced();
        }
    }

    @Test
    void aWriterWithAnOlderSchemaIsRead() throws IOException {
        Schema now = Flow.getClassSchema();
        var older = Schema.createRecord(now.getName(), null, now.getNamespace(), false);
        older.setFields(
                now.getFields().stream()
                        .filter(field -> !field.name().endsWith("_name"))
                        .filter(field -> !field.name().equals("mpls_label"))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
        var record = new GenericData.Record(older);
        older.getFields().forEach(field -> record.put(field.name(), flow().get(field.name())));
        try (var scene = new TopologyScene(FlowsWanted.ALL, 1)) {
            scene.publish(List.of());
            scene.pipe(raw(scene.written(record)));
            assertEquals("10.2.20.5", scene.flows().get(0).getFlow().getDst());
        }
    }

    @Test
    void withoutTheRegistryAnUnknownSchemaIsSetAsideAndAKnownOneIsRead() throws IOException {
        try (var scene = new TopologyScene(FlowsWanted.ALL, 1)) {
            scene.publish(List.of());
            byte[] known = scene.written(flow());
            scene.pipe(raw(known));
            scene.registryGoesAway();
            byte[] unknown = known.clone();
            unknown[4] = 99;
            scene.pipe(raw(unknown));
            scene.pipe(raw(known));
            assertEquals(List.of("SCHEMA_UNAVAILABLE"), reasons(scene));
            assertEquals(2, scene.flows().size());
        }
    }

    private static List<String> reasons(TopologyScene scene) {
        return scene.rejected().stream()
                .map(record -> record.getHeaders().lastHeader("fw.reason").value())
                .map(String::new)
                .toList();
    }

    private static RawRecord raw(byte[] value) {
        return new RawRecord(SOURCE, RawFormat.AVRO, 1_000, null, null, null, null, false, value);
    }

    private static Flow flow() {
        return Flow.newBuilder()
                .setSource(SOURCE)
                .setStart(1_000)
                .setEnd(2_000)
                .setSrc("10.1.10.11")
                .setDst("10.2.20.5")
                .setSrcPort(50_000)
                .setDstPort(31_031)
                .setProtocol(6)
                .setTcpFlags(2)
                .setBytes(4_200L)
                .setPackets(100L)
                .setSampling(100L)
                .setOutcome("UNKNOWN")
                .setTimeFrom("export")
                .setClamped(false)
                .build();
    }
}
