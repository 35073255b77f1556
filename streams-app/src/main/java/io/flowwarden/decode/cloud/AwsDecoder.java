package io.flowwarden.decode.cloud;

import io.flowwarden.decode.*;
import io.flowwarden.flow.FlowBatch;

public final class AwsDecoder {
    public void decode(RawRecord r, FlowBatch b, DecodeReport d) {}
}
