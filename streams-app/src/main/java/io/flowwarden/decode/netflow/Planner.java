package io.flowwarden.decode.netflow;

import io.flowwarden.decode.netflow.Element.Kind;
import io.flowwarden.decode.netflow.Plan.Op;
import io.flowwarden.decode.netflow.Plan.Step;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.TimeFrom;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles a template. Where several fields could fill one column, the lowest rank wins, then the
 * first (RFC 7011 section 8: occurrences follow the order of treatment, so the first is as
 * received).
 */
final class Planner {
    private final Template template;
    private final Element[] elements;
    private final List<Step> steps = new ArrayList<>();
    private long mask;
    private long icmp;

    private Planner(Template template) {
        this.template = template;
        elements = new Element[template.fields()];
        for (int f = 0; f < elements.length; f++) {
            elements[f] = usable(template, f);
        }
    }

    static Plan compile(Template template) {
        return template.options()
                ? new Plan(new Step[0], template.lengths(), 0, 0, new OptionsFields(template))
                : new Planner(template).plan();
    }

    /**
     * A known field that cannot be read in the length its template gives it.
     *
     * @return its index, the first one at or behind {@code from}, or -1
     */
    static int badField(Template template, int from) {
        for (int f = from; f < template.fields(); f++) {
            Element element = element(template, f);
            if (element != null && template.lengths()[f] != 0 && usable(template, f) == null) {
                return f;
            }
        }
        return -1;
    }

    /** The field that holds systemInitTimeMilliseconds, or -1. */
    static int systemInit(Template template) {
        for (int f = template.scopes(); f < template.fields(); f++) {
            Element element = usable(template, f);
            if (element != null
                    && element.kind() == Kind.SYSTEM_INIT
                    && template.lengths()[f] == 8) {
                return f;
            }
        }
        return -1;
    }

    private static Element element(Template template, int field) {
        return Elements.of(template.enterprises()[field], template.elements()[field]);
    }

    private static Element usable(Template template, int field) {
        Element element = element(template, field);
        int length = template.lengths()[field];
        if (element == null || length == 0) {
            return null;
        }
        if (length == Template.VARIABLE) {
            return switch (element.kind()) {
                case TEXT, FRAME, PACKET, APPLICATION_ID -> element;
                default -> null;
            };
        }
        return element.accepts(length) && !isOldMeaning(template, field) ? element : null;
    }

    /**
     * Huawei's v9 has something of its own, of two bytes, at the number that IANA gave to
     * responderOctets; no counter of octets has two.
     */
    private static boolean isOldMeaning(Template template, int field) {
        return template.enterprises()[field] == 0
                && template.elements()[field] == 232
                && template.lengths()[field] == 2;
    }

    private Plan plan() {
        numbers();
        label();
        addresses(FlowColumn.NEXT_HOP_HI);
        addresses(FlowColumn.NAT_SRC_HI);
        addresses(FlowColumn.NAT_DST_HI);
        endpoints();
        times();
        initiator();
        reasons();
        texts();
        protocolDependent();
        sampling();
        return new Plan(steps.toArray(Step[]::new), template.lengths(), mask, icmp, null);
    }

    private void numbers() {
        for (int column = 0; column < FlowColumn.COUNT; column++) {
            if (column == FlowColumn.START || column == FlowColumn.END) {
                continue;
            }
            int field = best(column, Kind.NUMBER, Kind.FORWARDING, Kind.FIREWALL, Kind.BIFLOW);
            if (field < 0) {
                continue;
            }
            boolean isIcmp = column == FlowColumn.ICMP_TYPE || column == FlowColumn.ICMP_CODE;
            if (isIcmp && best(FlowColumn.ICMP_TYPE, Kind.TYPE_CODE) >= 0) {
                continue;
            }
            add(numberOp(field), column, field, 0);
            present(column);
        }
        int both = best(FlowColumn.ICMP_TYPE, Kind.TYPE_CODE);
        if (both >= 0) {
            add(Op.TYPE_CODE, FlowColumn.ICMP_TYPE, both, 0);
            present(FlowColumn.ICMP_TYPE);
            present(FlowColumn.ICMP_CODE);
        }
    }

    private Op numberOp(int field) {
        Element element = elements[field];
        return switch (element.kind()) {
            case FORWARDING -> Op.FORWARDING;
            case FIREWALL -> Op.FIREWALL;
            case BIFLOW -> Op.BIFLOW;
            default ->
                    switch (length(field)) {
                        case 1 -> Op.U8;
                        case 2 -> Op.U16;
                        case 4 -> Op.U32;
                        case 8 -> Op.U64;
                        default -> Op.UINT;
                    };
        };
    }

    private void label() {
        int field = bestOf(Kind.LABEL);
        if (field >= 0) {
            // A fourth byte, the time to live, is behind the entry and not before it.
            steps.add(new Step(Op.LABEL, FlowColumn.MPLS_LABEL, field, 0, 3, 0));
            present(FlowColumn.MPLS_LABEL);
        }
    }

    /** Next hop and NAT: IPv4 over IPv6 where both are there and IPv4 is not 0.0.0.0. */
    private void addresses(int column) {
        int v6 = best(column, Kind.V6);
        int v4 = best(column, Kind.V4);
        if (v6 >= 0) {
            add(Op.V6, column, v6, 0);
        }
        if (v4 >= 0) {
            add(v6 >= 0 ? Op.V4_IF_SET : Op.V4, column, v4, 0);
        }
        if (v4 >= 0 || v6 >= 0) {
            presentAddress(column);
        }
    }

    /**
     * Both families in one template: Cisco zeroes the one that does not apply; of an encapsulated
     * packet both apply, and the later one is the inner header's.
     */
    private void endpoints() {
        int src4 = best(FlowColumn.SRC_HI, Kind.V4);
        int dst4 = best(FlowColumn.DST_HI, Kind.V4);
        int src6 = best(FlowColumn.SRC_HI, Kind.V6);
        int dst6 = best(FlowColumn.DST_HI, Kind.V6);
        if (src4 < 0 || dst4 < 0 || src6 < 0 || dst6 < 0) {
            addresses(FlowColumn.SRC_HI);
            addresses(FlowColumn.DST_HI);
            return;
        }
        presentAddress(FlowColumn.SRC_HI);
        presentAddress(FlowColumn.DST_HI);
        if (src4 > src6) {
            add(Op.V6, FlowColumn.SRC_HI, src6, 0);
            add(Op.V6, FlowColumn.DST_HI, dst6, 0);
            add(Op.V4_PAIR, FlowColumn.SRC_HI, src4, dst4);
        } else {
            add(Op.V4, FlowColumn.SRC_HI, src4, 0);
            add(Op.V4, FlowColumn.DST_HI, dst4, 0);
            add(Op.V6_PAIR, FlowColumn.SRC_HI, src6, dst6);
        }
    }

    private void times() {
        int start = bestTime(FlowColumn.START);
        int end = bestTime(FlowColumn.END);
        int milliseconds = bestOf(Kind.DURATION_MILLISECONDS);
        int microseconds = bestOf(Kind.DURATION_MICROSECONDS);
        present(FlowColumn.START);
        present(FlowColumn.END);
        present(FlowColumn.TIME_FROM);
        if (start < 0 && end < 0) {
            steps.add(new Step(Op.EXPORT_TIME, FlowColumn.START, -1, 0, 0, 0));
            steps.add(new Step(Op.EXPORT_TIME, FlowColumn.END, -1, 0, 0, 0));
            constant(FlowColumn.TIME_FROM, TimeFrom.EXPORT.ordinal());
            return;
        }
        if (start >= 0) {
            time(FlowColumn.START, start);
        }
        if (end >= 0) {
            time(FlowColumn.END, end);
        }
        if (start < 0) {
            steps.add(new Step(Op.COPY, FlowColumn.START, -1, FlowColumn.END, 0, 0));
        } else if (end < 0 && milliseconds >= 0) {
            add(Op.DURATION_MILLISECONDS, FlowColumn.END, milliseconds, 0);
        } else if (end < 0 && microseconds >= 0) {
            add(Op.DURATION_MICROSECONDS, FlowColumn.END, microseconds, 0);
        } else if (end < 0) {
            steps.add(new Step(Op.COPY, FlowColumn.END, -1, FlowColumn.START, 0, 0));
        }
        timeFrom(elements[start >= 0 ? start : end].kind());
    }

    private int bestTime(int column) {
        return best(
                column,
                Kind.MILLISECONDS,
                Kind.MICROSECONDS,
                Kind.NANOSECONDS,
                Kind.SECONDS,
                Kind.UPTIME,
                Kind.DELTA);
    }

    private void time(int column, int field) {
        int init = systemInit(template);
        switch (elements[field].kind()) {
            case MILLISECONDS -> add(Op.MILLISECONDS, column, field, 0);
            case MICROSECONDS, NANOSECONDS -> add(Op.NTP, column, field, 0);
            case SECONDS -> add(Op.SECONDS, column, field, 0);
            case DELTA -> add(Op.DELTA, column, field, 0);
            default -> {
                if (init >= 0) {
                    add(Op.UPTIME_OF_RECORD, column, field, init);
                } else {
                    add(Op.UPTIME, column, field, 0);
                }
            }
        }
    }

    private void timeFrom(Kind kind) {
        switch (kind) {
            case MILLISECONDS -> constant(FlowColumn.TIME_FROM, TimeFrom.MILLISECONDS.ordinal());
            case MICROSECONDS -> constant(FlowColumn.TIME_FROM, TimeFrom.MICROSECONDS.ordinal());
            case NANOSECONDS -> constant(FlowColumn.TIME_FROM, TimeFrom.NANOSECONDS.ordinal());
            case SECONDS -> constant(FlowColumn.TIME_FROM, TimeFrom.SECONDS.ordinal());
            case DELTA -> constant(FlowColumn.TIME_FROM, TimeFrom.DELTA.ordinal());
            default -> {
                if (systemInit(template) >= 0) {
                    constant(FlowColumn.TIME_FROM, TimeFrom.UPTIME.ordinal());
                } else {
                    steps.add(new Step(Op.TIME_FROM_UPTIME, FlowColumn.TIME_FROM, -1, 0, 0, 0));
                }
            }
        }
    }

    /** Why a firewall or a forwarding engine refused, where nothing plainer says that it did. */
    private void reasons() {
        int firewall = bestOf(Kind.FIREWALL_REASON);
        if (firewall >= 0) {
            add(Op.NO_SYN, FlowColumn.NO_SYN, firewall, 0);
            present(FlowColumn.NO_SYN);
        }
        if ((mask & FlowColumn.bit(FlowColumn.OUTCOME)) != 0) {
            return;
        }
        if (firewall >= 0) {
            add(Op.FIREWALL_REASON, FlowColumn.OUTCOME, firewall, 0);
            present(FlowColumn.OUTCOME);
            return;
        }
        for (int f = 0; f < elements.length; f++) {
            if (elements[f] != null
                    && elements[f].kind() == Kind.JUNIPER_PROPERTY
                    && template.lengths()[f] == 2) {
                add(Op.JUNIPER_EXCEPTION, FlowColumn.OUTCOME, f, 0);
                present(FlowColumn.OUTCOME);
                return;
            }
        }
    }

    private void initiator() {
        if ((mask & FlowColumn.bit(FlowColumn.INITIATOR)) != 0) {
            return;
        }
        for (int f = 0; f < elements.length; f++) {
            if (elements[f] != null
                    && Elements.saysInitiator(template.enterprises()[f], template.elements()[f])) {
                constant(FlowColumn.INITIATOR, (int) FlowColumn.INITIATOR_SRC);
                present(FlowColumn.INITIATOR);
                return;
            }
        }
    }

    private void texts() {
        for (int column = 0; column < FlowColumn.TEXT_COUNT; column++) {
            int field = best(column, Kind.TEXT, Kind.APPLICATION_ID);
            if (field >= 0) {
                Op op = elements[field].kind() == Kind.TEXT ? Op.TEXT : Op.APPLICATION_ID;
                add(op, column, field, 0);
            }
        }
    }

    /** Last, for these look at what the steps before them have read. */
    private void protocolDependent() {
        boolean protocol = (mask & FlowColumn.bit(FlowColumn.PROTOCOL)) != 0;
        int both = best(FlowColumn.ICMP_TYPE, Kind.TYPE_CODE_6);
        int type = best(FlowColumn.ICMP_TYPE, Kind.NUMBER_6);
        int code = best(FlowColumn.ICMP_CODE, Kind.NUMBER_6);
        if (both >= 0) {
            add(protocol ? Op.TYPE_CODE_6 : Op.TYPE_CODE, FlowColumn.ICMP_TYPE, both, 0);
        } else {
            if (type >= 0) {
                add(protocol ? Op.UINT_6 : Op.UINT, FlowColumn.ICMP_TYPE, type, 0);
            }
            if (code >= 0) {
                add(protocol ? Op.UINT_6 : Op.UINT, FlowColumn.ICMP_CODE, code, 0);
            }
        }
        if (protocol) {
            // The bits are given row by row, to ICMP only.
            icmp = mask & icmpBits();
            mask &= ~icmpBits();
            steps.add(new Step(Op.ICMP, -1, -1, 0, 0, 0));
        } else if (both >= 0) {
            mask |= icmpBits();
        } else {
            mask |= type >= 0 ? FlowColumn.bit(FlowColumn.ICMP_TYPE) : 0;
            mask |= code >= 0 ? FlowColumn.bit(FlowColumn.ICMP_CODE) : 0;
        }
        int frame = bestOf(Kind.FRAME);
        int packet = bestOf(Kind.PACKET);
        if (frame >= 0) {
            add(Op.FRAME, -1, frame, 0);
        } else if (packet >= 0) {
            add(Op.PACKET, -1, packet, 0);
        }
    }

    /** Behind interfaces and direction, by which a rate may be looked up. */
    private void sampling() {
        int size = best(FlowColumn.SAMPLING, Kind.SAMPLE_SIZE);
        int population = best(FlowColumn.SAMPLING, Kind.SAMPLE_POPULATION);
        int interval = best(FlowColumn.SAMPLING, Kind.PACKET_INTERVAL);
        int space = best(FlowColumn.SAMPLING, Kind.PACKET_SPACE);
        boolean stated = (mask & FlowColumn.bit(FlowColumn.SAMPLING)) != 0;
        if (!stated && size >= 0 && population >= 0) {
            add(Op.RANDOM, FlowColumn.SAMPLING, size, population);
            present(FlowColumn.SAMPLING);
        } else if (!stated && interval >= 0) {
            if (space >= 0) {
                add(Op.SYSTEMATIC, FlowColumn.SAMPLING, interval, space);
            } else {
                add(numberOp(interval), FlowColumn.SAMPLING, interval, 0);
            }
            present(FlowColumn.SAMPLING);
        }
        int sampler = best(-1, Kind.SAMPLER);
        if (sampler >= 0) {
            add(Op.SAMPLED, FlowColumn.SAMPLING, sampler, 0);
        } else {
            steps.add(new Step(Op.SAMPLED, FlowColumn.SAMPLING, -1, 0, 0, 0));
        }
    }

    private static long icmpBits() {
        return FlowColumn.bit(FlowColumn.ICMP_TYPE) | FlowColumn.bit(FlowColumn.ICMP_CODE);
    }

    private int best(int column, Kind... kinds) {
        int found = -1;
        for (int f = 0; f < elements.length; f++) {
            Element element = elements[f];
            if (element != null
                    && element.column() == column
                    && List.of(kinds).contains(element.kind())
                    && (found < 0
                            || element.rank() < elements[found].rank()
                            || element.rank() == elements[found].rank() && isHeader(column))) {
                found = f;
            }
        }
        return found;
    }

    private static boolean isHeader(int column) {
        return switch (column) {
            case FlowColumn.SRC_HI,
                    FlowColumn.DST_HI,
                    FlowColumn.SRC_PORT,
                    FlowColumn.DST_PORT,
                    FlowColumn.PROTOCOL,
                    FlowColumn.TCP_FLAGS,
                    FlowColumn.ICMP_TYPE,
                    FlowColumn.ICMP_CODE ->
                    true;
            default -> false;
        };
    }

    private int bestOf(Kind kind) {
        for (int f = 0; f < elements.length; f++) {
            if (elements[f] != null && elements[f].kind() == kind) {
                return f;
            }
        }
        return -1;
    }

    /** Bytes of the field that are read: the low-order ones where it is longer than its type. */
    private int length(int field) {
        int length = template.lengths()[field];
        int size = elements[field].size();
        return size > 0 && length != Template.VARIABLE ? Math.min(length, size) : length;
    }

    private void add(Op op, int column, int field, int second) {
        int length = length(field);
        int skip = template.lengths()[field] - length;
        steps.add(new Step(op, column, field, second, length, skip));
    }

    private void constant(int column, int value) {
        steps.add(new Step(Op.CONSTANT, column, -1, value, 0, 0));
    }

    private void present(int column) {
        mask |= FlowColumn.bit(column);
    }

    private void presentAddress(int column) {
        present(column);
        present(column + 1);
    }
}
