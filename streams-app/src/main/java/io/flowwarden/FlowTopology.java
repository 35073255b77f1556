package io.flowwarden;

import io.flowwarden.alert.AlertSettings;
import io.flowwarden.alert.Settle;
import io.flowwarden.blockage.Blockage;
import io.flowwarden.books.Ledger;
import io.flowwarden.decode.avro.FlowReader;
import io.flowwarden.judge.CurrentKnowledge;
import io.flowwarden.judge.EndOfFlows;
import io.flowwarden.judge.FindingsPartitioner;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.judge.Inputs;
import io.flowwarden.judge.Judge;
import io.flowwarden.judge.Nodes;
import io.flowwarden.revision.RevisionedTopic;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.RecordEncoder;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topics;
import io.flowwarden.unexpected.UnexpectedFlows;
import io.flowwarden.witness.Witness;
import io.flowwarden.witness.WitnessLimits;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The table of contents: raw record to batch, batch to verdicts, verdicts to the topics, judged by
 * what catalog and estate hold.
 */
public record FlowTopology(
        Topics topics,
        Inputs inputs,
        FlowsWanted wanted,
        SchemaSerdes serdes,
        CurrentKnowledge knowledge,
        Ledger ledger,
        WitnessLimits watching,
        AlertSettings alerting) {
    public Topology build() {
        var bytesIn = new ByteArrayDeserializer();
        var bytesOut = new ByteArraySerializer();
        var judge = new Judge(knowledge, ledger);
        String flows = topics.flows().name();
        String findings = topics.findings().name();
        Supplier<RecordEncoder<Finding>> findingsOut =
                () -> serdes.encoder(findings, Finding.class);
        String rejected = topics.rejected().name();
        var topology = new Topology();

        RevisionedTopic.addTo(
                topology,
                "catalog",
                topics.catalog().name(),
                serdes.values(PortRule.class),
                knowledge.catalog());
        RevisionedTopic.addTo(
                topology,
                "estate",
                topics.estate().name(),
                serdes.values(EstateEntry.class),
                knowledge.estate());

        topology.addSource(
                        AutoOffsetReset.earliest(),
                        "raw",
                        new ProduceTime(),
                        bytesIn,
                        bytesIn,
                        inputs.topics().toArray(String[]::new))
                .addProcessor("decode", judge.decode(inputs, flowsIn()), "raw")
                .addProcessor(Nodes.CLASSIFY, judge.classify(), "decode")
                .addProcessor(
                        "flows-wanted",
                        judge.flows(wanted, () -> serdes.encoder(flows, JudgedFlow.class)),
                        Nodes.CLASSIFY)
                .addSink(
                        "flows",
                        flows,
                        bytesOut,
                        bytesOut,
                        EndOfFlows.partitioner(),
                        "flows-wanted")
                .addProcessor(
                        "witness",
                        judge.detect(
                                "witness", 1, memory -> new Witness(memory, watching), findingsOut),
                        Nodes.CLASSIFY)
                .addProcessor(
                        "blockage",
                        judge.detect("blockage", 2, Blockage::new, findingsOut),
                        Nodes.CLASSIFY)
                .addProcessor(
                        "unexpected",
                        judge.detect("unexpected", 3, UnexpectedFlows::new, findingsOut),
                        Nodes.CLASSIFY)
                .addProcessor(
                        "tick-clock", judge.tickClock(inputs.tasks(), findingsOut), Nodes.CLASSIFY)
                .addSink(
                        "findings",
                        findings,
                        bytesOut,
                        bytesOut,
                        FindingsPartitioner.INSTANCE,
                        "witness",
                        "blockage",
                        "unexpected",
                        "tick-clock")
                .addSink(Nodes.REJECTED, rejected, bytesOut, bytesOut, "decode");

        var settle =
                new Settle(
                        findings,
                        topics.actions().name(),
                        topics.alerts().name(),
                        topics.findings().partitions(),
                        alerting,
                        serdes);
        topology.addSource(
                        AutoOffsetReset.earliest(),
                        "findings-in",
                        new ProduceTime(),
                        bytesIn,
                        bytesIn,
                        findings)
                .addSource(
                        AutoOffsetReset.earliest(),
                        "actions",
                        new ProduceTime(),
                        bytesIn,
                        bytesIn,
                        topics.actions().name())
                .addProcessor(
                        "settle",
                        settle.processor(knowledge::roster, ledger),
                        "findings-in",
                        "actions")
                .addSink(
                        "alerts",
                        topics.alerts().name(),
                        bytesOut,
                        bytesOut,
                        EndOfFlows.partitioner(),
                        "settle");
        return topology;
    }

    /** Flows of other collectors, read by the schema that they were written with. */
    private FlowReader flowsIn() {
        var deserializer = serdes.values(Flow.class).deserializer();
        return value -> deserializer.deserialize(topics.flowsIn().name(), value);
    }
}
