package io.flowwarden.decode.avro;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.TimeFrom;
import io.flowwarden.net.Address;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.registry.RegistryException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A record of {@code flows-in}: one flow as another collector decoded it, counters multiplied by
 * the sampling rate already. Its source is the record's key, whatever the value says.
 */
public final class AvroDecoder {
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{12}");

    private final FlowReader reader;
    private FlowBatch batch;
    private String fault;

    /**
     * @param reader or null where no such input is configured
     */
    public AvroDecoder(FlowReader reader) {
        this.reader = reader;
    }

    /** See {@link io.flowwarden.decode.Decoder#decode}. */
    public void decode(RawRecord raw, FlowBatch into, DecodeReport report) {
        if (raw.value() == null || raw.value().length == 0) {
            report.reject(Reason.EMPTY, "no bytes");
            return;
        }
        if (reader == null) {
            report.reject(Reason.BAD_AVRO, "nothing here reads Avro: no input has this format");
            return;
        }
        Flow flow;
        try {
            flow = reader.read(raw.value());
        } catch (SerializationException e) {
            boolean away = e instanceof RegistryException answer && answer.outage();
            // Waiting would hold up every other source of the task; what is set aside is whole.
            report.reject(away ? Reason.SCHEMA_UNAVAILABLE : Reason.BAD_AVRO, e.getMessage());
            return;
        }
        batch = into;
        fault = null;
        into.begin(new Origin(raw.source(), flow.getExporter(), raw.receivedAt(), raw.input()));
        int row = into.add(0);
        fill(flow, row);
        if (fault != null) {
            into.removeLast();
            report.reject(Reason.BAD_VALUE, fault);
            return;
        }
        report.clock(flow.getEnd());
    }

    private void fill(Flow flow, int r) {
        batch.set(r, FlowColumn.START, flow.getStart());
        batch.set(r, FlowColumn.END, flow.getEnd());
        word(r, FlowColumn.TIME_FROM, "time_from", flow.getTimeFrom(), TimeFrom.values());
        word(r, FlowColumn.OUTCOME, "outcome", flow.getOutcome(), Outcome.values());
        if (flow.getClamped()) {
            batch.set(r, FlowColumn.CLAMPED, 1);
        }
        address(r, FlowColumn.SRC_HI, "src", flow.getSrc());
        address(r, FlowColumn.DST_HI, "dst", flow.getDst());
        address(r, FlowColumn.NEXT_HOP_HI, "next_hop", flow.getNextHop());
        address(r, FlowColumn.NAT_SRC_HI, "nat_src", flow.getNatSrc());
        address(r, FlowColumn.NAT_DST_HI, "nat_dst", flow.getNatDst());
        address(r, FlowColumn.PKT_SRC_HI, "pkt_src", flow.getPktSrc());
        address(r, FlowColumn.PKT_DST_HI, "pkt_dst", flow.getPktDst());
        number(r, FlowColumn.SRC_PORT, "src_port", flow.getSrcPort(), 65_535);
        number(r, FlowColumn.DST_PORT, "dst_port", flow.getDstPort(), 65_535);
        number(r, FlowColumn.NAT_SRC_PORT, "nat_src_port", flow.getNatSrcPort(), 65_535);
        number(r, FlowColumn.NAT_DST_PORT, "nat_dst_port", flow.getNatDstPort(), 65_535);
        number(r, FlowColumn.PROTOCOL, "protocol", protocol(flow), 255);
        number(r, FlowColumn.ICMP_TYPE, "icmp_type", flow.getIcmpType(), 255);
        number(r, FlowColumn.ICMP_CODE, "icmp_code", flow.getIcmpCode(), 255);
        number(r, FlowColumn.BYTES, "bytes", flow.getBytes(), Long.MAX_VALUE);
        number(r, FlowColumn.PACKETS, "packets", flow.getPackets(), Long.MAX_VALUE);
        number(
                r,
                FlowColumn.REVERSE_BYTES,
                "reverse_bytes",
                flow.getReverseBytes(),
                Long.MAX_VALUE);
        number(
                r,
                FlowColumn.REVERSE_PACKETS,
                "reverse_packets",
                flow.getReversePackets(),
                Long.MAX_VALUE);
        number(r, FlowColumn.TCP_FLAGS, "tcp_flags", flow.getTcpFlags(), 0xffff);
        number(r, FlowColumn.SAMPLING, "sampling", flow.getSampling(), Long.MAX_VALUE);
        number(r, FlowColumn.INPUT_IF, "input_if", flow.getInputIf(), Long.MAX_VALUE);
        number(r, FlowColumn.OUTPUT_IF, "output_if", flow.getOutputIf(), Long.MAX_VALUE);
        number(r, FlowColumn.VLAN, "vlan", flow.getVlan(), 4095);
        number(r, FlowColumn.END_REASON, "end_reason", flow.getEndReason(), 255);
        number(r, FlowColumn.MPLS_LABEL, "mpls_label", flow.getMplsLabel(), (1 << 20) - 1);
        mac(r, FlowColumn.SRC_MAC, "src_mac", flow.getSrcMac());
        mac(r, FlowColumn.DST_MAC, "dst_mac", flow.getDstMac());
        if (flow.getDirection() != null) {
            boolean in = flow.getDirection().equals("ingress");
            if (!in && !flow.getDirection().equals("egress")) {
                bad("direction", flow.getDirection(), "neither ingress nor egress");
            }
            batch.set(r, FlowColumn.DIRECTION, in ? 0 : 1);
        }
        batch.set(r, FlowColumn.SCALED, 1);
        batch.text(r, FlowColumn.VRF_NAME, flow.getVrf());
        batch.text(r, FlowColumn.APP, flow.getApp());
        batch.text(r, FlowColumn.INTERFACE_ID, flow.getInterfaceId());
        batch.text(r, FlowColumn.ACCOUNT_ID, flow.getAccountId());
        batch.text(r, FlowColumn.VPC_ID, flow.getVpcId());
        if (flow.getInputIfName() != null || flow.getOutputIfName() != null) {
            batch.labels(new InterfaceNames(flow));
        }
    }

    /** A collector may state the transport by its name only. */
    private static Integer protocol(Flow flow) {
        if (flow.getProtocol() != null || flow.getTransport() == null) {
            return flow.getProtocol();
        }
        boolean v6 = flow.getSrc() != null && flow.getSrc().indexOf(':') >= 0;
        return switch (flow.getTransport()) {
            case "tcp" -> (Integer) 6;
            case "udp" -> (Integer) 17;
            case "icmp" -> (Integer) (v6 ? 58 : 1);
            default -> null;
        };
    }

    private void number(int row, int column, String field, Number value, long most) {
        if (value == null) {
            return;
        }
        if (value.longValue() < 0 || value.longValue() > most) {
            bad(field, value, "not from 0 to " + most);
        }
        batch.set(row, column, value.longValue());
    }

    private void address(int row, int column, String field, String text) {
        if (text == null) {
            return;
        }
        long[] address = text.length() > 45 ? null : Address.parse(text);
        if (address == null) {
            bad(field, text, "not an address");
        } else {
            batch.setAddress(row, column, address[0], address[1]);
        }
    }

    private void mac(int row, int column, String field, String text) {
        if (text == null) {
            return;
        }
        String digits = text.replace(":", "").replace("-", "");
        if (!MAC.matcher(digits).matches()) {
            bad(field, text, "not a MAC address");
        } else {
            batch.set(row, column, Long.parseLong(digits, 16));
        }
    }

    private void word(int row, int column, String field, String text, Enum<?>[] words) {
        for (Enum<?> word : words) {
            if (word.name().equals(text.toUpperCase(Locale.ROOT))) {
                batch.set(row, column, word.ordinal());
                return;
            }
        }
        bad(field, text, "none of its words");
    }

    /** The first fault is the reason. */
    private void bad(String field, Object value, String what) {
        if (fault == null) {
            String shown = value.toString();
            fault =
                    field
                            + " is '"
                            + shown.substring(0, Math.min(100, shown.length()))
                            + "', "
                            + what;
        }
    }
}
