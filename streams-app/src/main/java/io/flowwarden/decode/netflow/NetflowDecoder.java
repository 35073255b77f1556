package io.flowwarden.decode.netflow;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.decode.TemplateStore;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.raw.Bytes;
import io.flowwarden.raw.RawRecord;

/** Export datagrams of all versions: tells them apart and walks their sets. */
public final class NetflowDecoder {
    private final TemplateStore store;
    private final Message message;
    private final CompiledSources sources = new CompiledSources();

    public NetflowDecoder(TemplateStore store, DecodeLimits limits) {
        this.store = store;
        message = new Message(limits);
    }

    /** Drops compiled templates; they are built again from the store. */
    public void forget() {
        sources.clear();
    }

    /** Drops those of one source. */
    public void forget(String source) {
        sources.remove(source);
    }

    /** See {@link io.flowwarden.decode.Decoder#decode}. */
    public void decode(RawRecord raw, FlowBatch batch, DecodeReport report) {
        byte[] bytes = raw.value();
        if (bytes == null || bytes.length < 2) {
            boolean none = bytes == null || bytes.length == 0;
            report.reject(
                    none ? Reason.EMPTY : Reason.TRUNCATED,
                    none ? "no bytes" : "1 byte, a version takes two");
            return;
        }
        int version = Bytes.u16(bytes, 0);
        switch (version) {
            case 5 -> flows(raw, batch, report);
            case 9, 10 -> sets(version, raw, batch, report);
            default ->
                    report.reject(
                            Reason.UNKNOWN_VERSION,
                            "version " + version + ", known are 5, 9 and 10");
        }
    }

    private void flows(RawRecord raw, FlowBatch batch, DecodeReport report) {
        V5.read(raw.value(), batch, report);
        if (report.rejected() == null) {
            SourceTemplates source = templates(raw.source(), report);
            V5.sequence(raw.value(), source.sequences(), report);
            store.sequences(raw.source(), source.sequences().write());
        }
    }

    private void sets(int version, RawRecord raw, FlowBatch batch, DecodeReport report) {
        Message m = message;
        SourceTemplates templates = templates(raw.source(), report);
        m.begin(raw.value(), templates, batch, report);
        batch.labels(templates.options());
        if (version == 9 ? V9.header(m) : Ipfix.header(m)) {
            report.clock(m.exportMillis);
            walk(m);
            if (templates.takeChanged()) {
                store.put(raw.source(), TemplateCodec.write(templates));
                sources.weigh(raw.source(), templates);
            }
            report.timeout(
                    Math.max(
                            templates.options().activeTimeout(),
                            templates.options().idleTimeout()));
            m.sequence(templates.sequences());
            store.sequences(raw.source(), templates.sequences().write());
        }
    }

    private SourceTemplates templates(String source, DecodeReport report) {
        SourceTemplates known = sources.get(source);
        if (known == null) {
            byte[] stored = store.get(source);
            known = stored == null ? null : TemplateCodec.read(stored);
            if (known == null) {
                known = new SourceTemplates();
                if (stored != null) {
                    report.part(
                            Reason.BAD_STATE,
                            0,
                            stored.length + " bytes of stored templates are unreadable");
                }
            }
            known.sequences(Sequences.read(store.sequences(source)));
            sources.weigh(source, known);
        }
        return known;
    }

    private static void walk(Message m) {
        boolean v9 = m.version == 9;
        int p = v9 ? V9.HEADER : Ipfix.HEADER;
        int sets = 0;
        while (m.end - p >= 4) {
            int id = Bytes.u16(m.bytes, p);
            int length = Bytes.u16(m.bytes, p + 2);
            if (length < 4) {
                m.report.part(
                        Reason.BAD_LENGTH,
                        p,
                        "set "
                                + id
                                + " has length "
                                + length
                                + ", its header takes 4, at byte "
                                + p);
                return;
            }
            int end = p + length;
            if (end > m.end) {
                // What fits is still good: a capture cuts datagrams, exporters do not.
                m.truncated = true;
                m.report.part(
                        Reason.TRUNCATED,
                        p,
                        "set "
                                + id
                                + " has length "
                                + length
                                + ", "
                                + (m.end - p)
                                + " bytes are left, at byte "
                                + p);
                end = m.end;
            }
            set(m, v9, id, p + 4, end);
            sets++;
            p = end;
        }
        if (v9 && V9.count(m.bytes) < sets) {
            m.report.part(
                    Reason.BAD_COUNT,
                    2,
                    "count " + V9.count(m.bytes) + ", there are " + sets + " sets, at byte 2");
        }
        if (p < m.end && !Zeros.only(m.bytes, p, m.end)) {
            m.report.part(
                    Reason.TRAILING_BYTES,
                    p,
                    (m.end - p) + " bytes behind the last set, at byte " + p);
        }
    }

    private static void set(Message m, boolean v9, int id, int at, int end) {
        if (id >= 256) {
            DataSets.read(m, id, at, end);
        } else if (id == (v9 ? 0 : 2)) {
            TemplateSets.read(m, at, end, false);
        } else if (id == (v9 ? 1 : 3)) {
            TemplateSets.read(m, at, end, true);
        } else {
            m.report.reserved(end - at);
        }
    }
}
