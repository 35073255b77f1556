package io.flowwarden.decode.netflow;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.raw.Bytes;

/** Reads sets of templates and options templates, and withdrawals. */
final class TemplateSets {
    private static final int IPFIX = 10;

    private TemplateSets() {}

    /**
     * @param at first byte behind the set's header
     * @param end first byte behind the set
     * @param options whether it holds options templates
     */
    static void read(Message m, int at, int end, boolean options) {
        int p = at;
        while (end - p >= 4 && p >= 0) {
            if (Zeros.only(m.bytes, p, end)) {
                return;
            }
            if (m.definitionsLeft-- <= 0) {
                m.report.part(
                        Reason.TEMPLATE_LIMIT,
                        p,
                        "more than "
                                + m.limits.templates()
                                + " templates in one datagram, at byte "
                                + p);
                return;
            }
            p = one(m, p, end, options);
        }
    }

    /** Reads one; returns the first byte behind it, or -1 where nobody can know. */
    private static int one(Message m, int at, int end, boolean options) {
        int id = Bytes.u16(m.bytes, at);
        int count = Bytes.u16(m.bytes, at + 2);
        boolean ipfix = m.version == IPFIX;
        if (ipfix && count == 0) {
            return withdraw(m, at, id, options);
        }
        if (id < 256) {
            bad(m, at, "template id " + id + " is below 256, where set ids are");
            return -1;
        }
        int scopes = 0;
        int p = at + 4;
        if (options) {
            if (end - p < 2) {
                return cut(m, at, id, "ends inside its header");
            }
            int third = Bytes.u16(m.bytes, p);
            p += 2;
            if (ipfix) {
                scopes = third;
                if (scopes > count) {
                    bad(
                            m,
                            at,
                            "options template "
                                    + id
                                    + " of "
                                    + count
                                    + " fields has "
                                    + scopes
                                    + " scope fields");
                    return -1;
                }
            } else {
                // Two lengths in bytes (RFC 3954 section 6.1); each field takes four.
                if ((count | third) % 4 != 0) {
                    bad(
                            m,
                            at,
                            "options template "
                                    + id
                                    + ": scope length "
                                    + count
                                    + " and option length "
                                    + third
                                    + " are not multiples of 4");
                }
                scopes = count / 4;
                count = scopes + third / 4;
            }
        }
        if (count > m.limits.templateFields() || end - p < 4 * count) {
            return cut(m, at, id, "wants " + count + " fields, " + (end - p) / 4 + " fit");
        }
        var elements = new int[count];
        var enterprises = new int[count];
        var lengths = new int[count];
        for (int f = 0; f < count; f++) {
            if (end - p < 4) {
                return cut(m, at, id, "ends at field " + f + " of " + count);
            }
            elements[f] = Bytes.u16(m.bytes, p);
            lengths[f] = Bytes.u16(m.bytes, p + 2);
            p += 4;
            if (ipfix && elements[f] >= 0x8000) {
                if (end - p < 4) {
                    return cut(m, at, id, "ends at field " + f + " of " + count);
                }
                elements[f] &= 0x7fff;
                enterprises[f] = Bytes.i32(m.bytes, p);
                p += 4;
            }
        }
        define(m, at, id, new Template(options, scopes, elements, enterprises, lengths));
        return p;
    }

    private static void define(Message m, int at, int id, Template template) {
        DecodeReport report = m.report;
        long key = SourceTemplates.key(m.version, m.domain, id);
        if (template.minimumLength() == 0) {
            // Its data cannot be told apart, and the old definition no longer holds.
            m.templates.remove(key);
            report.part(
                    Reason.EMPTY_TEMPLATE,
                    at,
                    "template "
                            + id
                            + " of "
                            + template.fields()
                            + " fields: its records would have no length, at byte "
                            + at);
            return;
        }
        if (!checkLengths(m, at, id, template)) {
            m.templates.remove(key);
            return;
        }
        SourceTemplates.Definition definition = m.templates.define(key, template);
        report.template(definition != SourceTemplates.Definition.SAME);
        if (definition == SourceTemplates.Definition.DIFFERENT) {
            report.redefined();
        }
        if (definition != SourceTemplates.Definition.SAME) {
            reportBadFields(m, at, id, template);
            for (int gone = m.templates.evict(m.limits);
                    gone >= 0;
                    gone = m.templates.evict(m.limits)) {
                report.part(
                        Reason.TEMPLATE_LIMIT,
                        at,
                        "template "
                                + gone
                                + " was dropped for template "
                                + id
                                + ": more than "
                                + m.limits.templates()
                                + " templates or "
                                + m.limits.fieldsOfSource()
                                + " fields");
            }
        }
    }

    private static boolean checkLengths(Message m, int at, int id, Template template) {
        if (m.version == IPFIX || template.minimumLength() <= 0xffff) {
            return true;
        }
        bad(
                m,
                at,
                "template "
                        + id
                        + ": a record of "
                        + template.minimumLength()
                        + " bytes fits no datagram");
        return false;
    }

    private static void reportBadFields(Message m, int at, int id, Template template) {
        if (template.options()) {
            return;
        }
        for (int f = Planner.badField(template, 0); f >= 0; f = Planner.badField(template, f + 1)) {
            Element element = Elements.of(template.enterprises()[f], template.elements()[f]);
            m.report.part(
                    Reason.BAD_FIELD_LENGTH,
                    at,
                    "template "
                            + id
                            + ": "
                            + element.name()
                            + " has "
                            + (template.lengths()[f] == Template.VARIABLE
                                    ? "a variable length"
                                    : template.lengths()[f] + " bytes")
                            + ", it is skipped, at byte "
                            + at);
        }
    }

    /** RFC 7011 section 8.1: of one template, or of all of a kind by the set's own id. */
    private static int withdraw(Message m, int at, int id, boolean options) {
        m.report.withdrawal();
        if (id == (options ? 3 : 2)) {
            m.templates.removeAll(m.version, m.domain, options);
        } else {
            m.templates.remove(SourceTemplates.key(m.version, m.domain, id));
        }
        return at + 4;
    }

    private static int cut(Message m, int at, int id, String what) {
        m.report.part(
                m.truncated ? Reason.TRUNCATED : Reason.BAD_TEMPLATE,
                at,
                "template " + id + " " + what + ", at byte " + at);
        return -1;
    }

    private static void bad(Message m, int at, String what) {
        m.report.part(Reason.BAD_TEMPLATE, at, what + ", at byte " + at);
    }
}
