package io.flowwarden.decode;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import java.util.ArrayList;
import java.util.List;

/** One exporter that sends to one decoder. */
public final class Exporter {
    public final MemoryTemplates templates;
    public final FlowBatch batch = new FlowBatch();
    private final Decoder decoder;
    private final String source;

    public Exporter() {
        this(new MemoryTemplates());
    }

    public Exporter(MemoryTemplates templates) {
        this(templates, "netflow/10.0.0.1/0");
    }

    public Exporter(MemoryTemplates templates, String source) {
        this.templates = templates;
        this.source = source;
        decoder = new Decoder(templates);
    }

    public Exporter(MemoryTemplates templates, DecodeLimits limits) {
        this.templates = templates;
        source = "netflow/10.0.0.1/0";
        decoder = new Decoder(templates, limits);
    }

    public DecodeReport send(byte[] datagram) {
        return send(source, datagram);
    }

    public DecodeReport send(String from, byte[] datagram) {
        return decoder.decode(
                new RawRecord(
                        from, RawFormat.NETFLOW, 5, "10.0.0.1", null, null, null, false, datagram),
                batch);
    }

    /** Sends and answers the flows. */
    public List<Flow> flows(byte[] datagram) {
        send(datagram);
        var flows = new ArrayList<Flow>();
        for (int row = 0; row < batch.size(); row++) {
            flows.add(Flows.of(batch, row));
        }
        return flows;
    }

    public Flow flow(byte[] datagram) {
        List<Flow> flows = flows(datagram);
        if (flows.size() != 1) {
            throw new AssertionError(flows.size() + " flows");
        }
        return flows.get(0);
    }

    public void forget() {
        decoder.forget();
    }
}
