package io.flowwarden.decode.netflow;

import io.flowwarden.raw.Bytes;

/**
 * Where in the records of one options template the things are that flows depend on. A field that
 * the template does not have is -1.
 */
final class OptionsFields {
    /** Scope field types of v9 (RFC 3954 section 6.1); IPFIX has information elements there. */
    private static final int V9_INTERFACE = 2;

    private final Template template;
    private final int systemInit;
    private final int sampler;
    private final int scopeInterface;
    private final int networkInterface;
    private final int interval;
    private final int packetInterval;
    private final int packetSpace;
    private final int size;
    private final int population;
    private final int probability;
    private final int interfaceName;
    private final int interfaceDescription;
    private final int vrf;
    private final int vrfName;
    private final int application;
    private final int applicationName;
    private final int activeTimeout;
    private final int idleTimeout;

    OptionsFields(Template template) {
        this.template = template;
        systemInit = Planner.systemInit(template);
        sampler = number(302, 48);
        scopeInterface = scope(V9_INTERFACE);
        networkInterface = number(10, 14);
        // Deprecated in favour of 305 by the registry, and what is exported nevertheless.
        interval = number(50, 34);
        packetInterval = number(305);
        packetSpace = number(306);
        size = number(309);
        population = number(310);
        probability = number(311);
        interfaceName = text(82);
        interfaceDescription = text(83);
        vrf = number(234, 235);
        vrfName = text(236);
        application = number(95);
        applicationName = text(96);
        activeTimeout = number(36);
        idleTimeout = number(37);
    }

    /** Takes over what one record says; the plan has just measured it. */
    void read(Message m, Plan plan) {
        ExporterOptions options = m.templates.options();
        if (systemInit >= 0) {
            long epochMillis = value(m, plan, systemInit);
            m.templates.systemInit(epochMillis);
            m.systemInit(epochMillis);
        }
        if (activeTimeout >= 0) {
            options.activeTimeout(value(m, plan, activeTimeout));
        }
        if (idleTimeout >= 0) {
            options.idleTimeout(value(m, plan, idleTimeout));
        }
        long index = value(m, plan, networkInterface);
        if (index < 0 && m.version == 9) {
            index = value(m, plan, scopeInterface);
        }
        rate(m, plan, options, index);
        if (index >= 0 && (interfaceName >= 0 || interfaceDescription >= 0)) {
            String name = text(m, plan, interfaceName);
            options.name(
                    ExporterOptions.INTERFACE_NAME,
                    Long.toString(index),
                    name.isEmpty() ? text(m, plan, interfaceDescription) : name);
        }
        if (vrf >= 0 && vrfName >= 0) {
            options.name(
                    ExporterOptions.VRF_NAME,
                    Long.toString(value(m, plan, vrf)),
                    text(m, plan, vrfName));
        }
        if (application >= 0 && applicationName >= 0) {
            options.name(
                    ExporterOptions.APPLICATION_NAME,
                    Plan.applicationId(m.bytes, plan.offset(application), plan.length(application)),
                    text(m, plan, applicationName));
        }
    }

    private void rate(Message m, Plan plan, ExporterOptions options, long index) {
        long rate = rate(m, plan);
        if (rate <= 0) {
            return;
        }
        if (sampler >= 0) {
            options.rate(ExporterOptions.SAMPLER, m.domain, value(m, plan, sampler), rate);
        } else if (index > 0) {
            options.rate(ExporterOptions.INTERFACE, m.domain, index, rate);
        } else {
            // No interface, or interface 0, which softflowd states for "any".
            options.rate(ExporterOptions.DOMAIN, m.domain, 0, rate);
        }
    }

    private long rate(Message m, Plan plan) {
        long n = value(m, plan, size);
        long of = value(m, plan, population);
        if (n > 0 && of > 0) {
            return of / n;
        }
        if (probability >= 0 && template.lengths()[probability] == 8) {
            double p = Double.longBitsToDouble(value(m, plan, probability));
            return p > 0 && p <= 1 ? Math.round(1 / p) : 0;
        }
        long taken = value(m, plan, packetInterval);
        if (taken > 0) {
            return Sampled.systematic(taken, value(m, plan, packetSpace));
        }
        return value(m, plan, interval);
    }

    private static long value(Message m, Plan plan, int field) {
        return field < 0 ? -1 : Bytes.uint(m.bytes, plan.offset(field), plan.length(field));
    }

    private static String text(Message m, Plan plan, int field) {
        return field < 0
                ? ""
                : m.texts.text(m.bytes, plan.offset(field), plan.length(field)).strip();
    }

    /** The first of these elements that the template has as a number. */
    private int number(int... wanted) {
        for (int element : wanted) {
            for (int f = 0; f < template.fields(); f++) {
                int length = template.lengths()[f];
                if (is(f, element) && length >= 1 && length <= (element == 95 ? 9 : 8)) {
                    return f;
                }
            }
        }
        return -1;
    }

    private int text(int element) {
        for (int f = 0; f < template.fields(); f++) {
            if (is(f, element) && template.lengths()[f] != 0) {
                return f;
            }
        }
        return -1;
    }

    private int scope(int type) {
        for (int f = 0; f < template.scopes(); f++) {
            int length = template.lengths()[f];
            if (is(f, type) && length >= 1 && length <= 8) {
                return f;
            }
        }
        return -1;
    }

    private boolean is(int field, int element) {
        return template.elements()[field] == element && template.enterprises()[field] == 0;
    }
}
