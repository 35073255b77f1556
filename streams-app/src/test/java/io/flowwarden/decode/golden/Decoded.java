package io.flowwarden.decode.golden;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.flow.Labels;
import io.flowwarden.input.InputReader;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A case, read and decoded as {@code flowwarden decode} does it. */
final class Decoded {
    final List<Flow> flows = new ArrayList<>();
    final List<String> complaints = new ArrayList<>();
    final List<RawRecord> raw = new ArrayList<>();

    /** Flows of the first raw record alone. */
    int firstFlows = -1;

    long rows;
    long nodata;
    long skipdata;
    long rejectedRows;
    long options;
    long skippedSets;
    long lost;
    int reordered;
    int restarts;
    Labels labels = Labels.NONE;
    boolean fault;

    static Decoded of(Captures.Case of) throws IOException {
        var decoded = new Decoded();
        var decoder = new Decoder(new MemoryTemplates());
        var batch = new FlowBatch();
        var reader = new InputReader(null, null, InputStream.nullInputStream());
        for (Captures.Input input : of.inputs()) {
            reader.read(input.path().toString(), raw -> decoded.take(decoder, batch, raw));
        }
        reader.tally().damages().forEach(damage -> decoded.complaints.add(damage.toString()));
        return decoded;
    }

    private void take(Decoder decoder, FlowBatch batch, RawRecord record) {
        if (record.format() == RawFormat.TICK) {
            return;
        }
        raw.add(record);
        DecodeReport report = decoder.decode(record, batch);
        if (report.rejected() != null) {
            complaints.add(report.rejected() + " " + report.detail());
            fault |= report.rejected() == Reason.DECODER_FAULT;
        }
        report.parts().forEach(part -> complaints.add(part.toString()));
        for (int row = 0; row < batch.size(); row++) {
            flows.add(Flows.of(batch, row));
        }
        if (firstFlows < 0) {
            firstFlows = batch.size();
        }
        rows += report.rows();
        nodata += report.nodata();
        skipdata += report.skipdata();
        rejectedRows += report.rejectedRows();
        options += report.optionsRecords();
        skippedSets += report.skippedSets();
        lost += report.lostDatagrams() + report.lostRecords();
        lost -= report.recoveredDatagrams() + report.recoveredRecords();
        reordered += report.reordered();
        restarts += report.restarts();
        labels = batch.labels();
    }
}
