package io.flowwarden.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import java.io.IOException;
import java.util.List;

/**
 * Flows as {@code --json} prints them. Every key is always there, in this order: null means not
 * exported, 0 means exported as zero. Scripts rely on it.
 */
final class FlowJson {
    private FlowJson() {}

    /** A flow as decoded. */
    static void write(JsonGenerator json, Flow flow) throws IOException {
        json.writeStartObject();
        decoded(json, flow);
        json.writeEndObject();
    }

    /** A flow with the verdict on it. */
    static void write(JsonGenerator json, JudgedFlow judged) throws IOException {
        Flow flow = judged.getFlow();
        json.writeStartObject();
        decoded(json, flow);
        text(json, "client", judged.getClient());
        text(json, "server", judged.getServer());
        number(json, "service_port", judged.getServicePort());
        text(json, "orientation", judged.getOrientation());
        text(json, "oriented_by", judged.getOrientedBy());
        text(json, "verdict", judged.getVerdict());
        text(json, "category", judged.getCategory());
        text(json, "rule", judged.getRule());
        text(json, "reason", judged.getReason());
        text(json, "nearest_rule", judged.getNearestRule());
        text(json, "failed_condition", judged.getFailedCondition());
        json.writeNumberField("candidates", judged.getCandidates());
        list(json, "client_roles", judged.getClientRoles());
        list(json, "server_roles", judged.getServerRoles());
        text(json, "client_site", judged.getClientSite());
        text(json, "server_site", judged.getServerSite());
        list(json, "marks", judged.getMarks());
        text(json, "explanation", judged.getExplanation());
        list(json, "candidate_rules", judged.getCandidateRules());
        text(json, "client_name", judged.getClientName());
        text(json, "server_name", judged.getServerName());
        text(json, "input", flow.getInput());
        text(json, "pkt_src", flow.getPktSrc());
        text(json, "pkt_dst", flow.getPktDst());
        text(json, "catalog_revision", judged.getCatalogRevision());
        text(json, "estate_revision", judged.getEstateRevision());
        json.writeEndObject();
    }

    private static void decoded(JsonGenerator json, Flow flow) throws IOException {
        json.writeStringField("type", "flow");
        text(json, "source", flow.getSource());
        text(json, "exporter", flow.getExporter());
        json.writeStringField("start", Times.utc(flow.getStart()));
        json.writeStringField("end", Times.utc(flow.getEnd()));
        text(json, "src", flow.getSrc());
        text(json, "dst", flow.getDst());
        number(json, "src_port", flow.getSrcPort());
        number(json, "dst_port", flow.getDstPort());
        text(json, "transport", flow.getTransport());
        number(json, "protocol", flow.getProtocol());
        number(json, "icmp_type", flow.getIcmpType());
        number(json, "icmp_code", flow.getIcmpCode());
        number(json, "bytes", flow.getBytes());
        number(json, "packets", flow.getPackets());
        number(json, "reverse_bytes", flow.getReverseBytes());
        number(json, "reverse_packets", flow.getReversePackets());
        number(json, "tcp_flags", flow.getTcpFlags());
        number(json, "sampling", flow.getSampling());
        text(json, "outcome", flow.getOutcome());
        number(json, "input_if", flow.getInputIf());
        number(json, "output_if", flow.getOutputIf());
        text(json, "direction", flow.getDirection());
        number(json, "vlan", flow.getVlan());
        text(json, "vrf", flow.getVrf());
        text(json, "next_hop", flow.getNextHop());
        text(json, "src_mac", flow.getSrcMac());
        text(json, "dst_mac", flow.getDstMac());
        text(json, "nat_src", flow.getNatSrc());
        text(json, "nat_dst", flow.getNatDst());
        number(json, "nat_src_port", flow.getNatSrcPort());
        number(json, "nat_dst_port", flow.getNatDstPort());
        number(json, "end_reason", flow.getEndReason());
        text(json, "app", flow.getApp());
        text(json, "interface_id", flow.getInterfaceId());
        text(json, "account_id", flow.getAccountId());
        text(json, "vpc_id", flow.getVpcId());
        text(json, "time_from", flow.getTimeFrom());
        json.writeBooleanField("clamped", flow.getClamped());
        text(json, "input_if_name", flow.getInputIfName());
        text(json, "output_if_name", flow.getOutputIfName());
        number(json, "mpls_label", flow.getMplsLabel());
    }

    private static void text(JsonGenerator json, String key, String value) throws IOException {
        json.writeStringField(key, value);
    }

    private static void number(JsonGenerator json, String key, Integer value) throws IOException {
        json.writeFieldName(key);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    private static void number(JsonGenerator json, String key, Long value) throws IOException {
        json.writeFieldName(key);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    private static void list(JsonGenerator json, String key, List<String> values)
            throws IOException {
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
