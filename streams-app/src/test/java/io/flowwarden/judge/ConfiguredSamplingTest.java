package io.flowwarden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Flows;
import io.flowwarden.flow.Origin;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfiguredSamplingTest {
    private static final Roster ESTATE =
            roster(
                    source("netflow/*", 10),
                    source("netflow/10.1.0.1/*", 100),
                    source("aws/*", null));

    private final ConfiguredSampling sampling = new ConfiguredSampling();
    private final FlowBatch batch = new FlowBatch();

    @Test
    void whatTheExporterDoesNotStateTheEstateDoes() {
        begin("netflow/10.1.0.1/0");
        Flow flow = applied(ESTATE);
        assertEquals(100, flow.getSampling());
        assertEquals(150_000, flow.getBytes());
        assertEquals(200, flow.getPackets());
        assertEquals(50_000, flow.getReverseBytes());
        assertNull(flow.getReversePackets());
    }

    @Test
    void whatTheExporterStatesHoldsRowByRow() {
        begin("netflow/10.1.0.1/0");
        batch.set(0, FlowColumn.SAMPLING, 1);
        int other = batch.add(0);
        batch.set(other, FlowColumn.PACKETS, 3);
        Flow stated = applied(ESTATE);
        assertEquals(1, stated.getSampling());
        assertEquals(1_500, stated.getBytes());
        assertEquals(300, Flows.of(batch, other).getPackets());
    }

    @Test
    void countersThatAreMultipliedAlreadyStay() {
        begin("netflow/10.1.0.1/0");
        batch.set(0, FlowColumn.SCALED, 1);
        Flow flow = applied(ESTATE);
        assertNull(flow.getSampling());
        assertEquals(1_500, flow.getBytes());
    }

    @Test
    void sourceWithoutARateIsAsItWas() {
        for (String source : List.of("aws/fl-1", "sflow/10.1.0.1/0")) {
            begin(source);
            assertNull(applied(ESTATE).getSampling());
        }
        begin("netflow/10.1.0.1/0");
        assertNull(applied(Roster.EMPTY).getSampling());
    }

    @Test
    void nextRevisionOfTheEstateHoldsFromTheNextBatchOn() {
        for (int rate : new int[] {100, 7, 100}) {
            begin("netflow/10.1.0.1/0");
            assertEquals(rate, applied(roster(source("netflow/*", rate))).getSampling());
        }
        begin("netflow/10.1.0.1/0");
        assertNull(applied(roster()).getSampling());
    }

    private void begin(String source) {
        batch.begin(new Origin(source, null, 0, null));
        batch.add(0);
        batch.set(0, FlowColumn.BYTES, 1_500);
        batch.set(0, FlowColumn.PACKETS, 2);
        batch.set(0, FlowColumn.REVERSE_BYTES, 500);
    }

    private Flow applied(Roster roster) {
        sampling.apply(batch, roster);
        return Flows.of(batch, 0);
    }

    private static EstateEntry source(String match, Integer rate) {
        return new EstateEntry("source", match, new Source(match, null, null, false, rate));
    }

    private static Roster roster(EstateEntry... entries) {
        return Roster.compile(Stream.of(entries).toList(), "revision");
    }
}
