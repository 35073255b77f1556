package io.flowwarden.decode.cloud;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.decode.TextCache;
import io.flowwarden.decode.cloud.AwsLayout.Field;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.TimeFrom;
import io.flowwarden.raw.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A chunk of an AWS VPC flow log: whole lines. A row with addresses is a flow, whatever its
 * log-status; one without is NODATA, SKIPDATA or rejected.
 */
public final class AwsDecoder {
    /** Characters of a bad line that are quoted. */
    private static final int QUOTED = 160;

    /**
     * Lines of a chunk that are tried as a header: collectors take headers off, and of files put
     * behind one another a chunk holds few.
     */
    private static final int HEADERS = 32;

    /** Every header line has this: without the addresses a row is no flow. */
    private static final byte[] HEADER_HAS = "srcaddr".getBytes(StandardCharsets.US_ASCII);

    private static final int FIELDS = Field.values().length;

    private final AwsRow row = new AwsRow();
    private final TextCache texts = new TextCache();

    /** Index of the value of each field in the row, -1 where the layout has no such field. */
    private final int[] at = new int[FIELDS];

    private final long[] numbers = new long[FIELDS];
    private final long[] src = new long[2];
    private final long[] dst = new long[2];
    private final long[] pktSrc = new long[2];
    private final long[] pktDst = new long[2];

    private byte[] bytes;
    private int lineStart;
    private int lineEnd;
    private int line;
    private AwsLayout layout;

    /** Where the last header line of the chunk is, empty without one. */
    private int headerStart;

    private int headerEnd;
    private int headersTried;

    /** Of the first row that no layout fits, while there is none: why the chunk is unreadable. */
    private String unknown;

    /** See {@link io.flowwarden.decode.Decoder#decode}. */
    public void decode(RawRecord raw, FlowBatch batch, DecodeReport report) {
        bytes = raw.value();
        layout = null;
        unknown = null;
        headerStart = 0;
        headerEnd = 0;
        headersTried = 0;
        line = 0;
        if (bytes == null || bytes.length == 0) {
            report.reject(Reason.EMPTY, "no bytes");
            return;
        }
        if (raw.fields() != null && !raw.fields().isBlank()) {
            use(AwsLayout.ofHeader(raw.fields()));
            if (layout == null) {
                report.reject(
                        Reason.LOG_HEADER_UNKNOWN,
                        "header '" + cut(raw.fields()) + "' names no fields of a VPC flow log");
                return;
            }
        }
        lines(raw.receivedAt(), batch, report);
        if (layout == null && unknown != null && report.rejected() == null) {
            report.reject(Reason.LOG_HEADER_UNKNOWN, unknown);
        }
    }

    private void lines(long receivedAt, FlowBatch batch, DecodeReport report) {
        int p = startsWithMark() ? 3 : 0;
        while (p < bytes.length) {
            int end = p;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            line++;
            lineStart = p;
            lineEnd = end;
            if (!isBlankLine()) {
                line(receivedAt, batch, report);
            }
            p = end + 1;
        }
    }

    private void line(long receivedAt, FlowBatch batch, DecodeReport report) {
        if (mayBeHeader()) {
            if (isHeaderAgain()) {
                return;
            }
            AwsLayout header = ++headersTried > HEADERS ? null : AwsLayout.ofHeader(text());
            if (header != null) {
                use(header);
                headerStart = lineStart;
                headerEnd = lineEnd;
                return;
            }
        }
        report.row();
        char separator = layout == null ? separator() : layout.separator();
        row.split(bytes, lineStart, lineEnd, separator);
        if (layout == null) {
            use(AwsLayout.ofCount(row.count(), separator));
        }
        if (fits(report)) {
            row(receivedAt, batch, report);
        }
    }

    private boolean fits(DecodeReport report) {
        int values = row.count();
        if (layout == null || !layout.stated() && values != layout.columns().length) {
            withoutLayout(values, report);
            return false;
        }
        int names = layout.columns().length;
        if (values < names) {
            reject(
                    report,
                    Reason.TOO_FEW_VALUES,
                    report.describes() ? values + " values, the header has " + names : null);
            return false;
        }
        if (values > names) {
            report.part(
                    Reason.EXTRA_VALUES,
                    line,
                    report.describes()
                            ? describe(report, values + " values, the header has " + names)
                            : null);
        }
        return true;
    }

    private void withoutLayout(int values, DecodeReport report) {
        String what = null;
        if (unknown == null || report.describes()) {
            what =
                    values
                            + " values without a header line; "
                            + (layout == null
                                    ? "14 are the default format, 29 or more all fields"
                                    : "the rows before have " + layout.columns().length);
        }
        if (unknown == null) {
            unknown = "line " + line + ": " + what + ": '" + cut(text()) + "'";
        }
        reject(report, Reason.LOG_HEADER_UNKNOWN, what);
    }

    private void row(long receivedAt, FlowBatch batch, DecodeReport report) {
        boolean hasSrc = has(Field.SRCADDR);
        boolean hasDst = has(Field.DSTADDR);
        Field from = hasSrc || hasDst ? Field.SRCADDR : Field.PKT_SRCADDR;
        Field to = hasSrc || hasDst ? Field.DSTADDR : Field.PKT_DSTADDR;
        if (!has(from) && !has(to)) {
            withoutAddresses(report);
            return;
        }
        if (!address(from, src, report)
                || !address(to, dst, report)
                || !numbers(report)
                || has(Field.PKT_SRCADDR) && !address(Field.PKT_SRCADDR, pktSrc, report)
                || has(Field.PKT_DSTADDR) && !address(Field.PKT_DSTADDR, pktDst, report)) {
            return;
        }
        flow(receivedAt, batch);
        clock(report);
    }

    private void withoutAddresses(DecodeReport report) {
        int status = at[Field.LOG_STATUS.ordinal()];
        boolean nodata = status >= 0 && row.is(bytes, status, "NODATA");
        boolean skipdata = status >= 0 && row.is(bytes, status, "SKIPDATA");
        if (!nodata && !skipdata) {
            reject(report, Reason.MISSING_VALUE, "no addresses, and neither NODATA nor SKIPDATA");
            return;
        }
        if (!number(Field.START, Long.MAX_VALUE / 1000, report)
                || !number(Field.END, Long.MAX_VALUE / 1000, report)) {
            return;
        }
        if (nodata) {
            report.nodataRow();
        } else {
            report.skipdataRow();
        }
        clock(report);
    }

    private boolean numbers(DecodeReport report) {
        if (!required(Field.PROTOCOL, 255, report)) {
            return false;
        }
        long protocol = has(Field.PROTOCOL) ? numbers[Field.PROTOCOL.ordinal()] : -1;
        boolean ports = protocol == 6 || protocol == 17;
        return (ports
                        ? required(Field.SRCPORT, 65_535, report)
                                && required(Field.DSTPORT, 65_535, report)
                        : number(Field.SRCPORT, 65_535, report)
                                && number(Field.DSTPORT, 65_535, report))
                && required(Field.PACKETS, Long.MAX_VALUE, report)
                && required(Field.BYTES, Long.MAX_VALUE, report)
                && required(Field.START, Long.MAX_VALUE / 1000, report)
                && required(Field.END, Long.MAX_VALUE / 1000, report)
                && number(Field.TCP_FLAGS, 255, report);
    }

    /** A number that every flow of a format with this field has. */
    private boolean required(Field field, long most, DecodeReport report) {
        if (at[field.ordinal()] >= 0 && !has(field)) {
            reject(
                    report,
                    Reason.MISSING_VALUE,
                    report.describes() ? name(field) + " is '-' in a row with addresses" : null);
            return false;
        }
        return number(field, most, report);
    }

    /** Reads a number, if it is there; false where it is none, and the row is rejected. */
    private boolean number(Field field, long most, DecodeReport report) {
        if (!has(field)) {
            return true;
        }
        int value = at[field.ordinal()];
        long number = row.number(bytes, value);
        if (number < 0 || number > most) {
            String bound = most == 255 || most == 65_535 ? " from 0 to " + most : "";
            reject(
                    report,
                    Reason.BAD_VALUE,
                    report.describes()
                            ? name(field)
                                    + " is '"
                                    + cut(row.text(bytes, value))
                                    + "', not a number"
                                    + bound
                            : null);
            return false;
        }
        numbers[field.ordinal()] = number;
        return true;
    }

    private boolean address(Field field, long[] to, DecodeReport report) {
        if (!has(field)) {
            reject(
                    report,
                    Reason.MISSING_VALUE,
                    report.describes() ? name(field) + " is missing" : null);
            return false;
        }
        int value = at[field.ordinal()];
        if (!row.address(bytes, value, to)) {
            reject(
                    report,
                    Reason.BAD_VALUE,
                    report.describes()
                            ? name(field)
                                    + " is '"
                                    + cut(row.text(bytes, value))
                                    + "', not an address"
                            : null);
            return false;
        }
        return true;
    }

    private void flow(long receivedAt, FlowBatch batch) {
        int r = batch.add(0);
        batch.setAddress(r, FlowColumn.SRC_HI, src[0], src[1]);
        batch.setAddress(r, FlowColumn.DST_HI, dst[0], dst[1]);
        long protocol = has(Field.PROTOCOL) ? numbers[Field.PROTOCOL.ordinal()] : -1;
        set(batch, r, FlowColumn.PROTOCOL, Field.PROTOCOL);
        // The log has 0 for ICMP's ports, and neither type nor code.
        if (protocol != 1 && protocol != 58) {
            set(batch, r, FlowColumn.SRC_PORT, Field.SRCPORT);
            set(batch, r, FlowColumn.DST_PORT, Field.DSTPORT);
        }
        set(batch, r, FlowColumn.PACKETS, Field.PACKETS);
        set(batch, r, FlowColumn.BYTES, Field.BYTES);
        set(batch, r, FlowColumn.TCP_FLAGS, Field.TCP_FLAGS);
        times(receivedAt, batch, r);
        if (is(Field.ACTION, "ACCEPT")) {
            batch.set(r, FlowColumn.OUTCOME, Outcome.ACCEPTED.ordinal());
        } else if (is(Field.ACTION, "REJECT")) {
            batch.set(r, FlowColumn.OUTCOME, Outcome.REJECTED.ordinal());
        }
        if (is(Field.FLOW_DIRECTION, "ingress")) {
            batch.set(r, FlowColumn.DIRECTION, 0);
        } else if (is(Field.FLOW_DIRECTION, "egress")) {
            batch.set(r, FlowColumn.DIRECTION, 1);
        }
        if (has(Field.PKT_SRCADDR)) {
            batch.setAddress(r, FlowColumn.PKT_SRC_HI, pktSrc[0], pktSrc[1]);
        }
        if (has(Field.PKT_DSTADDR)) {
            batch.setAddress(r, FlowColumn.PKT_DST_HI, pktDst[0], pktDst[1]);
        }
        text(batch, r, FlowColumn.INTERFACE_ID, Field.INTERFACE_ID);
        text(batch, r, FlowColumn.ACCOUNT_ID, Field.ACCOUNT_ID);
        text(batch, r, FlowColumn.VPC_ID, Field.VPC_ID);
    }

    private void times(long receivedAt, FlowBatch batch, int r) {
        boolean start = has(Field.START);
        boolean end = has(Field.END);
        long first = start ? numbers[Field.START.ordinal()] * 1000 : receivedAt;
        long last = end ? numbers[Field.END.ordinal()] * 1000 : first;
        batch.set(r, FlowColumn.START, start || !end ? first : last);
        batch.set(r, FlowColumn.END, last);
        TimeFrom from = start || end ? TimeFrom.SECONDS : TimeFrom.EXPORT;
        batch.set(r, FlowColumn.TIME_FROM, from.ordinal());
    }

    private void clock(DecodeReport report) {
        if (has(Field.END)) {
            report.clock(numbers[Field.END.ordinal()] * 1000);
        }
    }

    private void set(FlowBatch batch, int r, int column, Field field) {
        if (has(field)) {
            batch.set(r, column, numbers[field.ordinal()]);
        }
    }

    private void text(FlowBatch batch, int r, int column, Field field) {
        if (has(field)) {
            int value = at[field.ordinal()];
            batch.text(r, column, texts.text(bytes, row.start(value), row.length(value)));
        }
    }

    private boolean is(Field field, String text) {
        return at[field.ordinal()] >= 0 && row.is(bytes, at[field.ordinal()], text);
    }

    private boolean has(Field field) {
        int value = at[field.ordinal()];
        return value >= 0 && !row.isAbsent(bytes, value);
    }

    private void use(AwsLayout of) {
        layout = of;
        Arrays.fill(at, -1);
        for (int i = 0; of != null && i < of.columns().length; i++) {
            if (of.columns()[i] != null) {
                at[of.columns()[i].ordinal()] = i;
            }
        }
    }

    private void reject(DecodeReport report, Reason reason, String what) {
        report.rejectRow(reason, line, describe(report, what));
    }

    private String describe(DecodeReport report, String what) {
        return report.describes() ? "line " + line + ": " + what + ": '" + cut(text()) + "'" : null;
    }

    private static String name(Field field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String text() {
        int end = Math.min(lineEnd, lineStart + 8_192);
        return new String(bytes, lineStart, end - lineStart, StandardCharsets.UTF_8).strip();
    }

    private static String cut(String text) {
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
    }

    private boolean isBlankLine() {
        for (int p = lineStart; p < lineEnd; p++) {
            if (bytes[p] > ' ' || bytes[p] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Names of fields begin with a small letter; a byte order mark was skipped before. */
    private boolean mayBeHeader() {
        byte first = bytes[lineStart];
        if (!(first >= 'a' && first <= 'z' || first == '"' || first == ' ')) {
            return false;
        }
        int length = HEADER_HAS.length;
        for (int p = lineStart; p + length <= lineEnd; p++) {
            if (bytes[p] == HEADER_HAS[0]
                    && Arrays.equals(bytes, p, p + length, HEADER_HAS, 0, length)) {
                return true;
            }
        }
        return false;
    }

    /** Files put behind one another repeat their header. */
    private boolean isHeaderAgain() {
        return Arrays.equals(bytes, lineStart, lineEnd, bytes, headerStart, headerEnd);
    }

    private char separator() {
        for (int p = lineStart; p < lineEnd; p++) {
            if (bytes[p] == ' ' || bytes[p] == '\t') {
                return ' ';
            }
            if (bytes[p] == ',') {
                return ',';
            }
        }
        return ' ';
    }

    private boolean startsWithMark() {
        return bytes.length >= 3
                && bytes[0] == (byte) 0xef
                && bytes[1] == (byte) 0xbb
                && bytes[2] == (byte) 0xbf;
    }
}
