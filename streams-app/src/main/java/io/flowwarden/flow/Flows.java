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
        return Flow.newBuilder()
                .setSource(origin.source())
                .setExporter(origin.exporter())
                .setInput(origin.input())
                .setStart(batch.get(row, FlowColumn.START, origin.receivedAt()))
                .setEnd(batch.get(row, FlowColumn.END, origin.receivedAt()))
                .setSrc(address(batch, row, FlowColumn.SRC_HI))
                .setDst(address(batch, row, FlowColumn.DST_HI))
                .setSrcPort(number(batch, row, FlowColumn.SRC_PORT))
                .setDstPort(number(batch, row, FlowColumn.DST_PORT))
                .setTransport(protocol == null ? null : Transport.name(protocol))
                .setProtocol(protocol)
                .setIcmpType(number(batch, row, FlowColumn.ICMP_TYPE))
                .setIcmpCode(number(batch, row, FlowColumn.ICMP_CODE))
                .setBytes(sampled(batch, row, FlowColumn.BYTES))
                .setPackets(sampled(batch, row, FlowColumn.PACKETS))
                .setReverseBytes(sampled(batch, row, FlowColumn.REVERSE_BYTES))
                .setReversePackets(sampled(batch, row, FlowColumn.REVERSE_PACKETS))
                .setTcpFlags(number(batch, row, FlowColumn.TCP_FLAGS))
                .setSampling(wide(batch, row, FlowColumn.SAMPLING))
                .setOutcome(outcome(batch, row).name())
                .setInputIf(wide(batch, row, FlowColumn.INPUT_IF))
                .setOutputIf(wide(batch, row, FlowColumn.OUTPUT_IF))
                .setDirection(direction(batch, row))
                .setVlan(number(batch, row, FlowColumn.VLAN))
                .setVrf(vrf(batch, row))
                .setNextHop(address(batch, row, FlowColumn.NEXT_HOP_HI))
                .setSrcMac(mac(batch, row, FlowColumn.SRC_MAC))
                .setDstMac(mac(batch, row, FlowColumn.DST_MAC))
                .setNatSrc(address(batch, row, FlowColumn.NAT_SRC_HI))
                .setNatDst(address(batch, row, FlowColumn.NAT_DST_HI))
                .setNatSrcPort(number(batch, row, FlowColumn.NAT_SRC_PORT))
                .setNatDstPort(number(batch, row, FlowColumn.NAT_DST_PORT))
                .setEndReason(number(batch, row, FlowColumn.END_REASON))
                .setApp(application(batch, row))
                .setInterfaceId(batch.text(row, FlowColumn.INTERFACE_ID))
                .setAccountId(batch.text(row, FlowColumn.ACCOUNT_ID))
                .setVpcId(batch.text(row, FlowColumn.VPC_ID))
                .setPktSrc(address(batch, row, FlowColumn.PKT_SRC_HI))
                .setPktDst(address(batch, row, FlowColumn.PKT_DST_HI))
                .setTimeFrom(timeFrom(batch, row).text())
                .setClamped(batch.get(row, FlowColumn.CLAMPED, 0) != 0)
                .setInputIfName(networkInterface(batch, row, FlowColumn.INPUT_IF))
                .setOutputIfName(networkInterface(batch, row, FlowColumn.OUTPUT_IF))
                .setMplsLabel(number(batch, row, FlowColumn.MPLS_LABEL))
                .build();
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

    private static String address(FlowBatch batch, int row, int column) {
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
