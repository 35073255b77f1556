package io.flowwarden.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What became of one raw record, beside its flows. One instance is reused: read it before the next
 * {@link Decoder#decode}.
 *
 * <p>Either {@link #rejected} names why nothing of the record could be used, or the record counts
 * as decoded; then {@link #rejectedParts} counts what of it was set aside. Flows, {@link #nodata},
 * {@link #skipdata}, {@link #repeatedRows} and {@link #rejectedRows} of a log add up to {@link
 * #rows}.
 */
public final class DecodeReport {
    /** Parts that are described; the rest are counted. */
    private static final int DESCRIBED = 32;

    private static final Reason[] REASONS = Reason.values();

    /** Clock of a record that states no time. */
    public static final long NO_CLOCK = Long.MIN_VALUE;

    /**
     * A part of a record that was set aside, or used with a doubt.
     *
     * @param reason why
     * @param detail what was found and what was expected, with its place
     * @param at byte offset in a datagram, line number (from 1) in a log
     */
    public record Part(Reason reason, String detail, int at) {}

    private final List<Part> parts = new ArrayList<>();
    private Reason rejected;
    private String detail;
    private int rejectedParts;
    private final int[] byReason = new int[REASONS.length];
    private int skippedSets;
    private long skippedBytes;
    private int reservedSets;
    private long reservedBytes;
    private int optionsRecords;
    private int counterSamples;
    private int templates;
    private int templatesChanged;
    private int templatesRedefined;
    private int withdrawals;
    private int rows;
    private int nodata;
    private int skipdata;
    private int rejectedRows;
    private int repeatedRows;
    private long clock = NO_CLOCK;
    private long lostDatagrams;
    private long lostRecords;
    private long recoveredDatagrams;
    private long recoveredRecords;
    private int reordered;
    private int restarts;
    private int timeout;

    /** Why the whole record was rejected, or null where it was decoded. */
    public Reason rejected() {
        return rejected;
    }

    /** What was wrong with the rejected record, or null. */
    public String detail() {
        return detail;
    }

    /** Parts set aside, each described, up to a bound; empty where the whole record is rejected. */
    public List<Part> parts() {
        return Collections.unmodifiableList(parts);
    }

    /** How many parts were set aside, the undescribed ones included. */
    public int rejectedParts() {
        return rejectedParts;
    }

    /** How many of {@link #rejectedParts} were set aside for this. */
    public int rejectedParts(Reason reason) {
        return byReason[reason.ordinal()];
    }

    /** Data sets without a template. */
    public int skippedSets() {
        return skippedSets;
    }

    /** Bytes of records in {@link #skippedSets}. */
    public long skippedBytes() {
        return skippedBytes;
    }

    /** Sets whose id has no meaning (RFC 7011 section 3.3.2). */
    public int reservedSets() {
        return reservedSets;
    }

    public long reservedBytes() {
        return reservedBytes;
    }

    /** sFlow samples of counters, which are no flows. */
    public int counterSamples() {
        return counterSamples;
    }

    /** Options data records: never flows. */
    public int optionsRecords() {
        return optionsRecords;
    }

    /** Template and options template definitions read, unchanged ones included. */
    public int templates() {
        return templates;
    }

    /** Of {@link #templates}, those that were new or different. */
    public int templatesChanged() {
        return templatesChanged;
    }

    /**
     * Of {@link #templatesChanged}, those whose id had another definition: an exporter was
     * reconfigured, or somebody else sends in its name.
     */
    public int templatesRedefined() {
        return templatesRedefined;
    }

    public int withdrawals() {
        return withdrawals;
    }

    /** Rows of a log, its header line not counted. */
    public int rows() {
        return rows;
    }

    public int nodata() {
        return nodata;
    }

    public int skipdata() {
        return skipdata;
    }

    /** Rows that tell what another row told: the second end of a connection. */
    public int repeatedRows() {
        return repeatedRows;
    }

    public int rejectedRows() {
        return rejectedRows;
    }

    /**
     * Epoch ms that the source's own clock had reached: the export time of a datagram, the largest
     * end in a log; {@link #NO_CLOCK} where nothing says.
     */
    public long clock() {
        return clock;
    }

    /**
     * Datagrams of this source that are missing before this one, by a sequence that counts
     * datagrams.
     */
    public long lostDatagrams() {
        return lostDatagrams;
    }

    /** Flow records that are missing before this one, by a sequence that counts those. */
    public long lostRecords() {
        return lostRecords;
    }

    /** Of datagrams that an earlier report called lost, those that came with this one. */
    public long recoveredDatagrams() {
        return recoveredDatagrams;
    }

    /** Of records that an earlier report called lost, those that came with this one. */
    public long recoveredRecords() {
        return recoveredRecords;
    }

    /** 1 where this datagram came behind later ones, or twice. */
    public int reordered() {
        return reordered;
    }

    /** 1 where the exporter has begun its sequence anew. */
    public int restarts() {
        return restarts;
    }

    /**
     * Seconds for which the source may keep a flow before it reports it, as its options data state
     * (flowActiveTimeout, flowIdleTimeout; IE 36, 37), or 0.
     */
    public int timeout() {
        return timeout;
    }

    /** Empties the report for the next record. */
    public void begin() {
        rejected = null;
        detail = null;
        clearParts();
        skippedSets = 0;
        skippedBytes = 0;
        reservedSets = 0;
        reservedBytes = 0;
        optionsRecords = 0;
        counterSamples = 0;
        templates = 0;
        templatesChanged = 0;
        templatesRedefined = 0;
        withdrawals = 0;
        rows = 0;
        nodata = 0;
        skipdata = 0;
        rejectedRows = 0;
        repeatedRows = 0;
        clock = NO_CLOCK;
        lostDatagrams = 0;
        lostRecords = 0;
        recoveredDatagrams = 0;
        recoveredRecords = 0;
        reordered = 0;
        restarts = 0;
        timeout = 0;
    }

    /** The whole record is of no use. */
    public void reject(Reason why, String what) {
        rejected = why;
        detail = what;
        clearParts();
    }

    private void clearParts() {
        if (rejectedParts != 0) {
            parts.clear();
            rejectedParts = 0;
            Arrays.fill(byReason, 0);
        }
    }

    /** True while the next part is going to be described; else only count it. */
    public boolean describes() {
        return parts.size() < DESCRIBED;
    }

    /**
     * Sets a part aside.
     *
     * @param what its description, or null where {@link #describes} says that nobody keeps it
     */
    public void part(Reason why, int at, String what) {
        rejectedParts++;
        byReason[why.ordinal()]++;
        if (describes()) {
            parts.add(new Part(why, what, at));
        }
    }

    /** A data set of an unknown template. */
    public void skip(int bytes) {
        skippedSets++;
        skippedBytes += bytes;
    }

    public void reserved(int bytes) {
        reservedSets++;
        reservedBytes += bytes;
    }

    public void options(int records) {
        optionsRecords += records;
    }

    public void counters() {
        counterSamples++;
    }

    public void template(boolean changed) {
        templates++;
        if (changed) {
            templatesChanged++;
        }
    }

    public void redefined() {
        templatesRedefined++;
    }

    public void withdrawal() {
        withdrawals++;
    }

    public void row() {
        rows++;
    }

    public void nodataRow() {
        nodata++;
    }

    public void skipdataRow() {
        skipdata++;
    }

    public void repeatedRow() {
        repeatedRows++;
    }

    /** A row that is no flow: counted as row and as part. */
    public void rejectRow(Reason why, int line, String what) {
        rejectedRows++;
        part(why, line, what);
    }

    /** So many are missing. */
    public void lost(long count, boolean records) {
        lostRecords += records ? count : 0;
        lostDatagrams += records ? 0 : count;
    }

    /** This datagram is late; of what counted as lost it brings so many. */
    public void late(long count, boolean records) {
        reordered++;
        recoveredRecords += records ? count : 0;
        recoveredDatagrams += records ? 0 : count;
    }

    public void restarted() {
        restarts++;
    }

    public void timeout(int seconds) {
        timeout = seconds;
    }

    /** The source's clock has reached this, epoch ms. */
    public void clock(long epochMillis) {
        clock = Math.max(clock, epochMillis);
    }

    /**
     * Turns a record of which only complaints are left into a rejected one: its first complaint
     * becomes the reason.
     */
    public void settle(int flows) {
        boolean used =
                flows > 0
                        || templates > 0
                        || withdrawals > 0
                        || optionsRecords > 0
                        || counterSamples > 0
                        || skippedSets > 0
                        || reservedSets > 0
                        || nodata > 0
                        || repeatedRows > 0
                        || skipdata > 0;
        if (rejected == null && !used && !parts.isEmpty()) {
            Part first = parts.get(0);
            int more = rejectedParts - 1;
            reject(first.reason(), first.detail() + (more > 0 ? " (and " + more + " more)" : ""));
        }
    }
}
