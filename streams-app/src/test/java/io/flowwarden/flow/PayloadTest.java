package io.flowwarden.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.net.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
    @ParameterizedTest(name = "{0} {1} packets {2} bytes flags {3} from {4}: {5}")
    @CsvSource({
        "6, 3, 180, 18, 10.0.0.1, false",
        "6, 3, 181, 18, 10.0.0.1, true",
        "6, 3, 180, 24, 10.0.0.1, true",
        "6, 3, 240, 18, fd00::1, false",
        "6, 3, 241, 18, fd00::1, true",
        "17, 1, 28, 0, 10.0.0.1, true",
        "17, 0, 0, 0, 10.0.0.1, false"
    })
    void tcpCarriesSomethingBeyondItsHeadersAndOtherTransportsAnything(
            int protocol, long packets, long bytes, long flags, String src, boolean carries) {
        var batch = new FlowBatch();
        batch.begin(Origin.NONE);
        int row = batch.add(0);
        long[] address = Address.parse(src);
        batch.setAddress(row, FlowColumn.SRC_HI, address[0], address[1]);
        batch.set(row, FlowColumn.PROTOCOL, protocol);
        batch.set(row, FlowColumn.PACKETS, packets);
        batch.set(row, FlowColumn.BYTES, bytes);
        batch.set(row, FlowColumn.TCP_FLAGS, flags);
        assertEquals(carries, Payload.forward(batch, row));
        batch.set(row, FlowColumn.REVERSE_BYTES, bytes);
        batch.set(row, FlowColumn.REVERSE_PACKETS, packets);
        assertEquals(carries && flags != 24, Payload.reverse(batch, row));
    }
}
