package io.flowwarden.decode.cloud;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.raw.RawRecord;
import java.io.IOException;
import java.util.Locale;

/**
 * A chunk of an Azure flow log: records of NSG flow logs (version 1 and 2) or VNet flow logs. Each
 * tuple is a row and a flow of both directions; counters of states C and E are those since the
 * record before.
 */
public final class AzureDecoder {
    private final JsonChunk chunk = new JsonChunk();
    private final AzureTuple tuple = new AzureTuple();

    private FlowBatch batch;
    private DecodeReport report;
    private long mac;
    private String accountId;
    private String vpcId;
    private String interfaceId;

    /** See {@link io.flowwarden.decode.Decoder#decode}. */
    public void decode(RawRecord raw, FlowBatch batch, DecodeReport report) {
        this.batch = batch;
        this.report = report;
        chunk.read(raw.value(), report, this::record);
    }

    private void record(JsonParser json) throws IOException {
        mac = -1;
        accountId = null;
        vpcId = null;
        interfaceId = null;
        boolean tuples = false;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.FIELD_NAME) {
                tuples = json.currentName().equals("flowTuples");
            } else if (token == JsonToken.END_ARRAY) {
                tuples = false;
            } else if (token == JsonToken.VALUE_STRING) {
                if (tuples) {
                    tuple(json.getText());
                } else {
                    text(json.currentName(), json.getText());
                }
            }
        }
    }

    private void text(String field, String value) {
        if (field == null) {
            return;
        }
        switch (field) {
            case "mac", "macAddress" -> mac = mac(value);
            case "flowLogResourceID", "resourceId" -> accountId = after("subscriptions", value);
            case "targetResourceID" -> {
                vpcId = after("virtualnetworks", value);
                interfaceId = after("networkinterfaces", value);
            }
            default -> {
                // The rule that decided, and ids of the log itself: no column of a flow.
            }
        }
    }

    private void tuple(String text) {
        report.row();
        int r = tuple.add(text, batch);
        if (r < 0) {
            int number = report.rows();
            report.rejectRow(
                    tuple.reason(),
                    number,
                    report.describes()
                            ? "tuple "
                                    + number
                                    + ": "
                                    + tuple.fault()
                                    + ": '"
                                    + JsonChunk.cut(text)
                                    + "'"
                            : null);
            return;
        }
        report.clock(tuple.time());
        if (mac >= 0 && batch.has(r, FlowColumn.DIRECTION)) {
            // The interface's own: of the source going out, of the destination coming in.
            boolean out = batch.get(r, FlowColumn.DIRECTION) == 1;
            batch.set(r, out ? FlowColumn.SRC_MAC : FlowColumn.DST_MAC, mac);
        }
        batch.text(r, FlowColumn.ACCOUNT_ID, accountId);
        batch.text(r, FlowColumn.VPC_ID, vpcId);
        batch.text(r, FlowColumn.INTERFACE_ID, interfaceId);
    }

    /** The part of a resource id behind this one, in small letters; null without it. */
    private static String after(String part, String resource) {
        String path = "/" + resource.toLowerCase(Locale.ROOT) + "/";
        int at = path.indexOf("/" + part + "/");
        int from = at + part.length() + 2;
        int to = at < 0 ? -1 : path.indexOf('/', from);
        return to <= from ? null : path.substring(from, to);
    }

    /** 12 hexadecimal digits, with or without separators; -1 for anything else. */
    private static long mac(String text) {
        long mac = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-' || c == ':') {
                continue;
            }
            int digit = Character.digit(c, 16);
            if (digit < 0 || ++digits > 12) {
                return -1;
            }
            mac = mac << 4 | digit;
        }
        return digits == 12 ? mac : -1;
    }
}
