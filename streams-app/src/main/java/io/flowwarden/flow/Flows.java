package io.flowwarden.flow;

import io.flowwarden.net.Address;
import io.flowwarden.schemas.Flow;

/** A row of a {@link FlowBatch} as the Avro {@link Flow} that topics and {@code --json} speak. */
public final class Flows {
    private Flows() {}

    /**
     * @param batch decoded flows
     * @param row which of them
     * @return the flow, counters multiplied by the sampling rate where one is stated
     */
    public static Flow of(FlowBatch batch, int row) {
        Origin origin = batch.origin();
        Integer protocol = number(batch, row, FlowColumn.PROTOCOL);
        var flow = new Flow();
        flow.setSource(origin.source());
        flow.setExporter(origin.exporter());
        flow.setInput(origin.input());
        flow.setStart(batch.get(row, FlowColumn.START, origin.receivedAt()));
        flow.setEnd(batch.get(row, FlowColumn.END, origin.receivedAt()));
        flow.setSrc(address(batch, row, FlowColumn.SRC_HI));
        flow.setDst(address(batch, row, FlowColumn.DST_HI));
        flow.setSrcPort(number(batch, row, FlowColumn.SRC_PORT));
        flow.setDstPort(number(batch, row, FlowColumn.DST_PORT));
        flow.setTransport(protocol == null ? null : Transport.name(protocol));
        flow.setProtocol(protocol);
        flow.setIcmpType(number(batch, row, FlowColumn.ICMP_TYPE));
        flow.setIcmpCode(number(batch, row, FlowColumn.ICMP_CODE));
        flow.setBytes(sampled(batch, row, FlowColumn.BYTES));
        flow.setPackets(sampled(batch, row, FlowColumn.PACKETS));
        flow.setReverseBytes(sampled(batch, row, FlowColumn.REVERSE_BYTES));
        flow.setReversePackets(sampled(batch, row, FlowColumn.REVERSE_PACKETS));
        flow.setTcpFlags(number(batch, row, FlowColumn.TCP_FLAGS));
        flow.setSampling(wide(batch, row, FlowColumn.SAMPLING));
        flow.setOutcome(outcome(batch, row).name());
        flow.setInputIf(wide(batch, row, FlowColumn.INPUT_IF));
        flow.setOutputIf(wide(batch, row, FlowColumn.OUTPUT_IF));
        flow.setDirection(direction(batch, row));
        flow.setVlan(number(batch, row, FlowColumn.VLAN));
        flow.setVrf(vrf(batch, row));
        flow.setNextHop(address(batch, row, FlowColumn.NEXT_HOP_HI));
        flow.setSrcMac(mac(batch, row, FlowColumn.SRC_MAC));
        flow.setDstMac(mac(batch, row, FlowColumn.DST_MAC));
        flow.setNatSrc(address(batch, row, FlowColumn.NAT_SRC_HI));
        flow.setNatDst(address(batch, row, FlowColumn.NAT_DST_HI));
        flow.setNatSrcPort(number(batch, row, FlowColumn.NAT_SRC_PORT));
        flow.setNatDstPort(number(batch, row, FlowColumn.NAT_DST_PORT));
        flow.setEndReason(number(batch, row, FlowColumn.END_REASON));
        flow.setApp(application(batch, row));
        flow.setInterfaceId(batch.text(row, FlowColumn.INTERFACE_ID));
        flow.setAccountId(batch.text(row, FlowColumn.ACCOUNT_ID));
        flow.setVpcId(batch.text(row, FlowColumn.VPC_ID));
        flow.setPktSrc(address(batch, row, FlowColumn.PKT_SRC_HI));
        flow.setPktDst(address(batch, row, FlowColumn.PKT_DST_HI));
        flow.setTimeFrom(timeFrom(batch, row).text());
        flow.setClamped(batch.get(row, FlowColumn.CLAMPED, 0) != 0);
        flow.setInputIfName(networkInterface(batch, row, FlowColumn.INPUT_IF));
        flow.setOutputIfName(networkInterface(batch, row, FlowColumn.OUTPUT_IF));
        flow.setMplsLabel(number(batch, row, FlowColumn.MPLS_LABEL));
        return flow;
    }

    /** Outcome of a row, UNKNOWN where the record states none. */
    public static Outcome outcome(FlowBatch batch, int row) {
        return OUTCOMES[(int) batch.get(row, FlowColumn.OUTCOME, 0)];
    }

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final TimeFrom[] TIMES = TimeFrom.values();

    private static TimeFrom timeFrom(FlowBatch batch, int row) {
        return TIMES[(int) batch.get(row, FlowColumn.TIME_FROM, TimeFrom.EXPORT.ordinal())];
    }

    private static Integer number(FlowBatch batch, int row, int column) {
        return batch.has(row, column) ? (Integer) (int) batch.get(row, column) : null;
    }

    private static Long wide(FlowBatch batch, int row, int column) {
        return batch.has(row, column) ? (Long) batch.get(row, column) : null;
    }

    private static Long sampled(FlowBatch batch, int row, int column) {
        return batch.has(row, column) ? (Long) scaled(batch, row, column) : null;
    }

    /** A counter multiplied by the sampling rate where one is stated; 0 where not exported. */
    public static long scaled(FlowBatch batch, int row, int column) {
        long counted = batch.get(row, column, 0);
        long sampling =
                batch.has(row, FlowColumn.SCALED) ? 1 : batch.get(row, FlowColumn.SAMPLING, 1);
        // Both are what an exporter likes to claim: beyond 2^63 the product stays at 2^63 - 1.
        return sampling <= 1 || counted < 0
                ? counted
                : Math.multiplyHigh(counted, sampling) != 0 || counted * sampling < 0
                        ? Long.MAX_VALUE
                        : counted * sampling;
    }

    /** An address by the column of its high half, or null. */
    public static String address(FlowBatch batch, int row, int column) {
        return batch.has(row, column)
                ? Address.text(batch.get(row, column), batch.get(row, column + 1))
                : null;
    }

    private static String direction(FlowBatch batch, int row) {
        return switch ((int) batch.get(row, FlowColumn.DIRECTION, -1)) {
            case 0 -> "ingress";
            case 1 -> "egress";
            default -> null;
        };
    }

    private static String vrf(FlowBatch batch, int row) {
        String exported = batch.text(row, FlowColumn.VRF_NAME);
        if (exported != null || !batch.has(row, FlowColumn.VRF)) {
            return exported;
        }
        long id = batch.get(row, FlowColumn.VRF);
        String name = batch.labels().vrf(id);
        return name == null ? Long.toString(id) : name;
    }

    private static String application(FlowBatch batch, int row) {
        String exported = batch.text(row, FlowColumn.APP);
        String name = exported == null ? null : batch.labels().application(exported);
        return name == null ? exported : name;
    }

    private static String networkInterface(FlowBatch batch, int row, int column) {
        return batch.has(row, column)
                ? batch.labels().networkInterface(batch.get(row, column))
                : null;
    }

    private static String mac(FlowBatch batch, int row, int column) {
        if (!batch.has(row, column)) {
            return null;
        }
        long bits = batch.get(row, column);
        var text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (bits >>> shift) & 255;
            text.append(Character.forDigit(octet >>> 4, 16))
                    .append(Character.forDigit(octet & 15, 16));
            if (shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }
}
