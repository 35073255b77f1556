package io.flowwarden.decode.netflow;

import io.flowwarden.decode.Reason;

/** Reads sets of data records by their template: flows, or options data, which never is a flow. */
final class DataSets {
    private DataSets() {}

    /**
     * @param at first byte behind the set's header
     * @param end first byte behind the set
     */
    static void read(Message m, int id, int at, int end) {
        long key = SourceTemplates.key(m.version, m.domain, id);
        Template template = m.templates.template(key);
        if (template == null) {
            m.report.skip(end - at);
            return;
        }
        Plan plan = m.templates.plan(key);
        int behind;
        if (template.options()) {
            behind = options(m, plan, at, end);
        } else if (plan.variable()) {
            behind = variable(m, plan, at, end);
        } else {
            behind = fixed(m, plan, at, end);
        }
        // Padding is shorter than a record and zero; a set is cut, or its template wrong, else.
        boolean record = end - behind >= plan.recordLength();
        if (record && m.recordsLeft == 0) {
            m.report.part(
                    Reason.RECORD_LIMIT,
                    behind,
                    "set "
                            + id
                            + ": more than "
                            + m.limits.flowsPerDatagram()
                            + " records in one datagram, at byte "
                            + behind);
        } else if (end - behind > 3 && !Zeros.only(m.bytes, behind, end)) {
            m.report.part(
                    m.truncated ? Reason.TRUNCATED : Reason.BAD_LENGTH,
                    behind,
                    "set "
                            + id
                            + ": "
                            + (end - behind)
                            + " bytes are left, a record has "
                            + plan.recordLength()
                            + (plan.variable() ? " or more" : "")
                            + ", at byte "
                            + behind);
        }
    }

    private static int fixed(Message m, Plan plan, int at, int end) {
        int count = Math.min((end - at) / plan.recordLength(), m.recordsLeft);
        if (count > 0) {
            m.recordsLeft -= count;
            plan.readAll(m, at, count);
        }
        return at + count * plan.recordLength();
    }

    private static int variable(Message m, Plan plan, int at, int end) {
        int p = at;
        while (end - p >= plan.recordLength() && m.recordsLeft > 0) {
            int next = plan.readOne(m, p, end);
            if (next < 0) {
                break;
            }
            m.recordsLeft--;
            p = next;
        }
        return p;
    }

    private static int options(Message m, Plan plan, int at, int end) {
        int p = at;
        int records = 0;
        while (end - p >= plan.recordLength() && m.recordsLeft > 0) {
            int next = plan.measure(m.bytes, p, end);
            if (next < 0) {
                break;
            }
            plan.options().read(m, plan);
            m.recordsLeft--;
            records++;
            p = next;
        }
        m.report.options(records);
        return p;
    }
}
