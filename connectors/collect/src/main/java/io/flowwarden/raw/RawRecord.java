package io.flowwarden.raw;

/**
 * One record of the raw topic: a UDP datagram, a chunk of log lines, or a tick.
 *
 * @param source the key, e.g. {@code netflow/10.1.0.1/0}
 * @param format header {@code fw.format}
 * @param receivedAt header {@code fw.received-at}, epoch ms
 * @param exporter header {@code fw.exporter}, canonical address, or null
 * @param chunk header {@code fw.chunk}: object etag and offset, or null; a repeat is dropped
 * @param fields header {@code fw.fields}: field list of a log with a header line, or null
 * @param input header {@code fw.input}: file name in {@code analyze}, or null
 * @param last header {@code fw.final}: the tick after which nothing comes
 * @param value undecoded bytes
 */
public record RawRecord(
        String source,
        RawFormat format,
        long receivedAt,
        String exporter,
        String chunk,
        String fields,
        String input,
        boolean last,
        byte[] value) {}
