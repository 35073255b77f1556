package io.flowwarden.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Flow;
import org.junit.jupiter.api.Test;

class FlowBatchTest {
    private final FlowBatch batch = new FlowBatch();

    @Test
    void notExportedAndZeroStayApart() {
        int row = batch.add(FlowColumn.bit(FlowColumn.BYTES));
        batch.column(FlowColumn.BYTES)[row] = 0;
        Flow flow = Flows.of(batch, row);
        assertEquals(0L, flow.getBytes());
        assertNull(flow.getPackets());
    }

    @Test
    void growthKeepsEveryRow() {
        for (int i = 0; i < 1000; i++) {
            int row = batch.add(0);
            batch.set(row, FlowColumn.BYTES, i);
            batch.text(row, FlowColumn.APP, "app" + i);
        }
        int first = batch.addAll(500, FlowColumn.bit(FlowColumn.PACKETS));
        assertEquals(1000, first);
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, batch.get(i, FlowColumn.BYTES));
            assertEquals("app" + i, batch.text(i, FlowColumn.APP));
        }
        assertTrue(batch.has(1499, FlowColumn.PACKETS));
        assertFalse(batch.has(1499, FlowColumn.BYTES));
    }

    @Test
    void nothingOfTheLastRecordShowsInTheNext() {
        int row = batch.add(0);
        batch.set(row, FlowColumn.VLAN, 7);
        batch.text(row, FlowColumn.VPC_ID, "vpc-1");
        batch.begin(new Origin("netflow/10.1.0.1/0", "10.1.0.1", 5, null));
        Flow flow = Flows.of(batch, batch.add(0));
        assertNull(flow.getVlan());
        assertNull(flow.getVpcId());
        assertEquals(5, flow.getStart());
        assertEquals("export", flow.getTimeFrom());
    }

    @Test
    void aRemovedRowLeavesNothingBehind() {
        int row = batch.add(0);
        batch.text(row, FlowColumn.APP, "half-read");
        batch.removeLast();
        assertNull(batch.text(batch.add(0), FlowColumn.APP));
    }

    @Test
    void countersAreMultipliedByTheStatedSampling() {
        int row = batch.add(0);
        batch.set(row, FlowColumn.BYTES, 1500);
        batch.set(row, FlowColumn.PACKETS, 2);
        batch.set(row, FlowColumn.SAMPLING, 1000);
        Flow flow = Flows.of(batch, row);
        assertEquals(1_500_000L, flow.getBytes());
        assertEquals(2000L, flow.getPackets());
        assertNull(flow.getReverseBytes());
    }

    @Test
    void macAddressesAndDirectionsReadAsPeopleWriteThem() {
        int row = batch.add(0);
        batch.set(row, FlowColumn.SRC_MAC, 0x0050_56ab_cdefL);
        batch.set(row, FlowColumn.DIRECTION, 1);
        batch.set(row, FlowColumn.VRF, 12);
        Flow flow = Flows.of(batch, row);
        assertEquals("00:50:56:ab:cd:ef", flow.getSrcMac());
        assertEquals("egress", flow.getDirection());
        assertEquals("12", flow.getVrf());
    }
}
