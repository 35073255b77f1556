package io.flowwarden.decode;

import io.flowwarden.decode.avro.AvroDecoder;
import io.flowwarden.decode.avro.FlowReader;
import io.flowwarden.decode.cloud.AwsDecoder;
import io.flowwarden.decode.cloud.AzureDecoder;
import io.flowwarden.decode.cloud.GcpDecoder;
import io.flowwarden.decode.netflow.NetflowDecoder;
import io.flowwarden.decode.sflow.SflowDecoder;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Origin;
import io.flowwarden.raw.RawRecord;

/**
 * Raw record in, flows out. Total: whatever the bytes are, the answer is flows, a rejection with
 * its reason, or both. Not thread-safe; one instance belongs to one task.
 *
 * <p>What it remembers (compiled templates) is derived from the {@link TemplateStore} and bounded;
 * {@link #forget} drops it.
 */
public final class Decoder {
    private final NetflowDecoder netflow;
    private final SflowDecoder sflow;
    private final AwsDecoder aws = new AwsDecoder();
    private final AzureDecoder azure = new AzureDecoder();
    private final GcpDecoder gcp;
    private final AvroDecoder avro;
    private final DecodeReport report = new DecodeReport();

    public Decoder(TemplateStore templates) {
        this(templates, DecodeLimits.DEFAULTS);
    }

    public Decoder(TemplateStore templates, DecodeLimits limits) {
        this(templates, limits, null);
    }

    /**
     * @param flows reads what another collector decoded, or null where nobody sends such
     */
    public Decoder(TemplateStore templates, DecodeLimits limits, FlowReader flows) {
        avro = new AvroDecoder(flows);
        netflow = new NetflowDecoder(templates, limits);
        gcp = new GcpDecoder(templates);
        sflow = new SflowDecoder(limits.flowsPerDatagram());
    }

    /**
     * Decodes one raw record. Template changes reach the store once, after everything is decoded.
     *
     * @param raw a datagram or a chunk of log lines; a tick has no flows
     * @param batch filled with the flows, begun anew
     * @return what else there is to say; valid until the next call
     */
    public DecodeReport decode(RawRecord raw, FlowBatch batch) {
        report.begin();
        batch.begin(new Origin(raw.source(), raw.exporter(), raw.receivedAt(), raw.input()));
        try {
            switch (raw.format()) {
                case NETFLOW -> netflow.decode(raw, batch, report);
                case SFLOW -> sflow.decode(raw, batch, report);
                case AWS -> aws.decode(raw, batch, report);
                case AZURE -> azure.decode(raw, batch, report);
                case GCP -> gcp.decode(raw, batch, report);
                case AVRO -> avro.decode(raw, batch, report);
                case TICK -> {}
            }
            report.settle(batch.size());
        } catch (RuntimeException e) {
            // No input is known to get here; the fuzz tests hold that. If one does, exactly-once
            // would read it again for ever, so it is set aside like any other bad input.
            forget();
            batch.begin(batch.origin());
            report.begin();
            report.reject(Reason.DECODER_FAULT, e.toString());
        }
        return report;
    }

    /** Drops what was derived from the store, which may have been rolled back. */
    public void forget() {
        netflow.forget();
    }

    /** Drops what was derived of one source, whose entry in the store is gone. */
    public void forget(String source) {
        netflow.forget(source);
    }
}
