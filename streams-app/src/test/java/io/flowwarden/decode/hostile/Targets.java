package io.flowwarden.decode.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.flowwarden.input.InputReader;
import io.flowwarden.raw.Bytes;
import io.flowwarden.raw.MalformedRawRecord;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.SourceIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What is done with hostile bytes, by target; each fails where a promise does not hold. */
final class Targets {
    private static final int ATTEMPTS = 20;
    private static final String EXPORTER = "10.0.0.9";

    private Targets() {}

    static void run(String target, byte[] input) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                once(target, input);
                return;
            } catch (Oracle.TooDear dear) {
                // A first use loads classes, one after the other; what is hostile is always dear.
                if (attempt == ATTEMPTS) {
                    throw dear;
                }
            }
        }
    }

    private static void once(String target, byte[] input) throws IOException {
        switch (target) {
            case "netflow" -> datagrams(RawFormat.NETFLOW, input);
            case "templates" -> templates(input);
            case "headers" -> headers(input);
            case "files" -> file(input);
            default -> format(target, input);
        }
    }

    private static void format(String name, byte[] input) {
        for (RawFormat format : RawFormat.values()) {
            if (format.text().equals(name)) {
                var oracle = new Oracle();
                oracle.decode(record(format, name + "/fuzzed", null, input));
                // A log's first line as the field list that its collector took off.
                int line = 0;
                while (line < input.length && input[line] != '\n') {
                    line++;
                }
                String fields = new String(input, 0, line, UTF_8);
                byte[] rest =
                        Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
                oracle.decode(record(format, name + "/fuzzed", fields, rest));
            }
        }
    }

    /** Several of one exporter, each behind its length: templates of one meet data of another. */
    private static void datagrams(RawFormat format, byte[] input) {
        var oracle = new Oracle();
        int at = 0;
        while (input.length - at >= 2) {
            int length = Bytes.u16(input, at);
            at += 2;
            byte[] datagram = Arrays.copyOfRange(input, at, Math.min(at + length, input.length));
            at += datagram.length;
            oracle.decode(record(format, SourceIds.netflow(EXPORTER, datagram), null, datagram));
        }
    }

    /** Stored state in which something has changed: place (2 bytes) and value, again and again. */
    private static void templates(byte[] input) {
        var oracle = new Oracle();
        byte[] sent = Seeds.netflow().get("v9");
        byte[] datagram = Arrays.copyOfRange(sent, 2, 2 + Bytes.u16(sent, 0));
        String source = SourceIds.netflow(EXPORTER, datagram);
        RawRecord raw = record(RawFormat.NETFLOW, source, null, datagram);
        oracle.decode(raw);
        oracle.templates.put(source, damaged(oracle.templates.get(source), input));
        oracle.templates.sequences(source, damaged(oracle.templates.sequences(source), input));
        oracle.forget();
        oracle.decode(raw);
        oracle.decode(raw);
    }

    private static byte[] damaged(byte[] state, byte[] input) {
        byte[] damaged = state.clone();
        for (int at = 0; input.length - at >= 3; at += 3) {
            damaged[Bytes.u16(input, at) % damaged.length] = input[at + 2];
        }
        return Arrays.copyOf(damaged, damaged.length - input.length % 3);
    }

    /** A raw record by whoever may write to the topic. */
    private static void headers(byte[] input) {
        String[] values = new String(input, UTF_8).split("\0", -1);
        List<String> names =
                List.of(
                        RawHeaders.FORMAT,
                        RawHeaders.RECEIVED_AT,
                        RawHeaders.EXPORTER,
                        RawHeaders.CHUNK,
                        RawHeaders.FIELDS,
                        RawHeaders.INPUT,
                        RawHeaders.FINAL);
        var headers = new RecordHeaders();
        for (int i = 0; i < Math.min(values.length, names.size()); i++) {
            headers.add(names.get(i), values[i].isEmpty() ? null : values[i].getBytes(UTF_8));
        }
        try {
            RawRecord raw = RawHeaders.read(input, input, headers, null, 7);
            new Oracle().decode(raw);
        } catch (MalformedRawRecord malformed) {
            assertNotNull(malformed.getMessage());
        }
    }

    /** A file of unknown format, told by content, to its flows. */
    private static void file(byte[] input) throws IOException {
        var oracle = new Oracle();
        var reader = new InputReader(null, EXPORTER, new ByteArrayInputStream(input));
        reader.read("-", oracle::decode);
    }

    private static RawRecord record(RawFormat format, String source, String fields, byte[] value) {
        return new RawRecord(
                source, format, 1_600_000_000_000L, EXPORTER, null, fields, null, false, value);
    }
}
