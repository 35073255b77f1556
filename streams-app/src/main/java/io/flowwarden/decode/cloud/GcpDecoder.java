package io.flowwarden.decode.cloud;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.decode.TemplateStore;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.TimeFrom;
import io.flowwarden.net.Address;
import io.flowwarden.raw.RawRecord;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A chunk of a GCP VPC flow log: log entries, or the payloads of such. One record is one direction
 * of a connection as one end saw it. Where both ends report within one source, the first report
 * counts ({@link BothEnds}).
 */
public final class GcpDecoder {
    private final JsonChunk chunk = new JsonChunk();
    private final TemplateStore store;

    /** Values of the record at hand by their names, those of objects as {@code object.name}. */
    private final Map<String, String> values = new HashMap<>();

    private FlowBatch batch;
    private DecodeReport report;
    private BothEnds bothEnds;

    /**
     * @param store keeps what was reported lately beside the templates of other sources
     */
    public GcpDecoder(TemplateStore store) {
        this.store = store;
    }

    /** See {@link io.flowwarden.decode.Decoder#decode}. */
    public void decode(RawRecord raw, FlowBatch batch, DecodeReport report) {
        this.batch = batch;
        this.report = report;
        bothEnds = new BothEnds(store.get(raw.source()));
        chunk.read(raw.value(), report, this::record);
        if (bothEnds.isChanged()) {
            store.put(raw.source(), bothEnds.bytes());
        }
    }

    private void record(JsonParser json) throws IOException {
        values.clear();
        read(json, "");
        report.row();
        try {
            flow();
        } catch (NoFlow e) {
            int number = report.rows();
            String what = report.describes() ? "record " + number + ": " + e.getMessage() : null;
            report.rejectRow(e.reason, number, what);
        }
    }

    /** Reads to the end of the object; the payload's fields count as the record's own. */
    private void read(JsonParser json, String prefix) throws IOException {
        for (JsonToken token = json.nextToken();
                token == JsonToken.FIELD_NAME;
                token = json.nextToken()) {
            String name = json.currentName();
            token = json.nextToken();
            if (token == JsonToken.START_OBJECT) {
                switch (name) {
                    case "jsonPayload" -> read(json, prefix);
                    case "connection", "src_instance", "dest_instance", "src_vpc", "dest_vpc" ->
                            read(json, name + ".");
                    default -> json.skipChildren();
                }
            } else if (token == JsonToken.START_ARRAY) {
                json.skipChildren();
            } else if (token != JsonToken.VALUE_NULL && json.getTextLength() <= 256) {
                values.put(prefix.isEmpty() ? name : prefix + name, json.getText());
            }
        }
    }

    private void flow() throws NoFlow {
        long[] src = address("connection.src_ip");
        long[] dst = address("connection.dest_ip");
        long protocol = number("connection.protocol", 255, true);
        boolean ports = protocol == 6 || protocol == 17;
        long srcPort = number("connection.src_port", 65_535, ports);
        long dstPort = number("connection.dest_port", 65_535, ports);
        long bytes = number("bytes_sent", Long.MAX_VALUE, false);
        long packets = number("packets_sent", Long.MAX_VALUE, false);
        long start = time("start_time");
        long end = time("end_time");
        boolean fromDestination = "DEST".equals(values.get("reporter"));
        long tuple = BothEnds.tuple(src, dst, srcPort, dstPort, protocol);
        report.clock(end);
        if (values.containsKey("reporter")
                && !bothEnds.isFirst(tuple, fromDestination, start, end)) {
            report.repeatedRow();
            return;
        }
        int r = batch.add(0);
        batch.setAddress(r, FlowColumn.SRC_HI, src[0], src[1]);
        batch.setAddress(r, FlowColumn.DST_HI, dst[0], dst[1]);
        batch.set(r, FlowColumn.PROTOCOL, protocol);
        if (protocol != 1 && protocol != 58) {
            set(r, FlowColumn.SRC_PORT, srcPort);
            set(r, FlowColumn.DST_PORT, dstPort);
        }
        set(r, FlowColumn.BYTES, bytes);
        set(r, FlowColumn.PACKETS, packets);
        batch.set(r, FlowColumn.START, start);
        batch.set(r, FlowColumn.END, end);
        batch.set(r, FlowColumn.TIME_FROM, TimeFrom.NANOSECONDS.ordinal());
        if (values.containsKey("reporter")) {
            batch.set(r, FlowColumn.DIRECTION, fromDestination ? 0 : 1);
        }
        outcome(r);
        String side = fromDestination ? "dest_" : "src_";
        batch.text(r, FlowColumn.VPC_ID, values.get(side + "vpc.vpc_name"));
        batch.text(r, FlowColumn.ACCOUNT_ID, values.get(side + "vpc.project_id"));
        batch.text(r, FlowColumn.INTERFACE_ID, values.get(side + "instance.vm_name"));
    }

    /** VPC flow logs sample what passed; only records of firewall rules state a disposition. */
    private void outcome(int r) {
        String disposition = values.get("disposition");
        if (disposition != null) {
            boolean denied = disposition.equals("DENIED");
            Outcome outcome = denied ? Outcome.REJECTED : Outcome.ACCEPTED;
            batch.set(r, FlowColumn.OUTCOME, outcome.ordinal());
        }
    }

    private void set(int row, int column, long value) {
        if (value >= 0) {
            batch.set(row, column, value);
        }
    }

    private long[] address(String name) throws NoFlow {
        String text = required(name);
        long[] address = text.length() > 45 ? null : Address.parse(text);
        if (address == null) {
            throw bad(name, text, "not an address");
        }
        return address;
    }

    /** A number, by some exporters of logs with decimals (3389.0); -1 where there is none. */
    private long number(String name, long most, boolean required) throws NoFlow {
        String text = required ? required(name) : values.get(name);
        if (text == null) {
            return -1;
        }
        long number = whole(text);
        if (number < 0 || number > most) {
            throw bad(name, text, "not a whole number that it can be");
        }
        return number;
    }

    /** A number of up to 18 digits, behind its point only zeros; else -1. */
    private static long whole(String text) {
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        long number = end == 0 || end > 18 ? -1 : 0;
        for (int i = 0; i < text.length() && number >= 0; i++) {
            int digit = text.charAt(i) - '0';
            if (i < end) {
                number = digit < 0 || digit > 9 ? -1 : 10 * number + digit;
            } else if (i > end && digit != 0) {
                number = -1;
            }
        }
        return number;
    }

    private long time(String name) throws NoFlow {
        String text = required(name);
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            chunk.damage();
            throw bad(name, text, "not a time");
        }
    }

    private String required(String name) throws NoFlow {
        String text = values.get(name);
        if (text == null) {
            throw new NoFlow(Reason.MISSING_VALUE, name + " is missing");
        }
        return text;
    }

    private static NoFlow bad(String name, String text, String what) {
        return new NoFlow(Reason.BAD_VALUE, name + " is '" + JsonChunk.cut(text) + "', " + what);
    }

    /** A record that is no flow. */
    private static final class NoFlow extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        NoFlow(Reason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }
    }
}
