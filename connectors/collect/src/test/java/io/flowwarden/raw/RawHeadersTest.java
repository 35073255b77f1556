package io.flowwarden.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RawHeadersTest {
    private static final byte[] KEY = "netflow/10.1.0.1/0".getBytes(UTF_8);
    private static final byte[] VALUE = {0, 9};

    @Test
    void everyPartSurvivesTheHeaders() throws MalformedRawRecord {
        var raw =
                new RawRecord(
                        "netflow/10.1.0.1/0",
                        RawFormat.AWS,
                        1_700_000_000_123L,
                        "10.1.0.1",
                        "etag:0",
                        "version srcaddr",
                        "flows.log",
                        true,
                        VALUE);
        var read = RawHeaders.read(KEY, VALUE, headers(raw), null, 5);
        assertArrayEquals(VALUE, read.value());
        assertEquals(raw, read);
    }

    @Test
    void absentPartsStayAbsent() throws MalformedRawRecord {
        var raw = new RawRecord("s", RawFormat.NETFLOW, 7, null, null, null, null, false, VALUE);
        assertEquals(raw, RawHeaders.read(new byte[] {'s'}, VALUE, headers(raw), null, 5));
        assertEquals(2, RawHeaders.write(raw).size());
    }

    @Test
    void aForeignProducerNeedsOnlyAKeyWhereTheInputNamesTheFormat() throws MalformedRawRecord {
        var read = RawHeaders.read(KEY, VALUE, new RecordHeaders(), RawFormat.NETFLOW, 42);
        assertEquals(RawFormat.NETFLOW, read.format());
        assertEquals(42, read.receivedAt());
    }

    @Test
    void aRecordThatDoesNotSayWhatItIsIsMalformed() {
        var unknown = new RecordHeaders().add(new RecordHeader("fw.format", new byte[] {'x'}));
        var fault =
                assertThrows(
                        MalformedRawRecord.class,
                        () -> RawHeaders.read(KEY, VALUE, unknown, RawFormat.NETFLOW, 0));
        assertEquals("header fw.format was 'x'", fault.getMessage());
        assertThrows(
                MalformedRawRecord.class,
                () -> RawHeaders.read(KEY, VALUE, new RecordHeaders(), null, 0));
        assertThrows(
                MalformedRawRecord.class,
                () -> RawHeaders.read(null, VALUE, new RecordHeaders(), RawFormat.AWS, 0));
        var noTime = new RecordHeaders().add(new RecordHeader("fw.received-at", null));
        assertThrows(
                MalformedRawRecord.class,
                () -> RawHeaders.read(KEY, VALUE, noTime, RawFormat.NETFLOW, 0));
    }

    private static RecordHeaders headers(RawRecord raw) {
        return new RecordHeaders(RawHeaders.write(raw));
    }
}
