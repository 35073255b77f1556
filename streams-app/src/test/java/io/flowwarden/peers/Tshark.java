package io.flowwarden.peers;

import java.nio.file.Path;
import java.util.Arrays;

/** What tshark reads in export datagrams. */
final class Tshark {
    private Tshark() {}

    /**
     * Sums over the records of NetFlow and IPFIX, multiplied by the sampling that is stated.
     *
     * @param recordsPerFlow counters of one kind that a flow has: two of a bidirectional one
     */
    static Sums netflow(Path capture, int recordsPerFlow) throws Exception {
        String[][] rows =
                fields(
                        capture,
                        "cflow",
                        "cflow.packets",
                        "cflow.octets",
                        "cflow.samplerate",
                        "cflow.sampling_interval",
                        "cflow.sampling_packet_interval",
                        "cflow.sampling_packet_space");
        long stated = Math.max(first(rows, 2), first(rows, 3));
        // IE 305 packets in a row are taken, then IE 306 are not.
        long taken = first(rows, 4);
        long oneOf = taken > 0 ? (taken + first(rows, 5)) / taken : Math.max(1, stated);
        return new Sums(count(rows, 0) / recordsPerFlow, sum(rows, 0), sum(rows, 1)).sampled(oneOf);
    }

    /** Sums over the flow samples of sFlow: each is a packet, so many times. */
    static Sums sflow(Path capture) throws Exception {
        String[][] rows =
                fields(
                        capture,
                        "sflow",
                        "sflow_245.header.frame_length",
                        "sflow.flow_sample.sampling_rate");
        long[] lengths = values(rows, 0);
        long[] rates = values(rows, 1);
        if (lengths.length != rates.length) {
            throw new AssertionError(lengths.length + " packets, " + rates.length + " samples");
        }
        var sums = Sums.NONE;
        for (int i = 0; i < lengths.length; i++) {
            sums = sums.plus(new Sums(1, 1, lengths[i]).sampled(rates[i]));
        }
        return sums;
    }

    private static String[][] fields(Path capture, String protocol, String... names)
            throws Exception {
        var command = new String[6 + 2 * names.length];
        command[0] = "tshark";
        command[1] = "-r";
        command[2] = capture.toString();
        command[3] = "-d";
        command[4] = "udp.port==" + Capture.PORT + "," + protocol;
        command[5] = "-Tfields";
        for (int i = 0; i < names.length; i++) {
            command[6 + 2 * i] = "-e";
            command[7 + 2 * i] = names[i];
        }
        return Shell.output(capture.getParent(), command)
                .lines()
                .map(line -> line.split("\t", -1))
                .toArray(String[][]::new);
    }

    private static long[] values(String[][] rows, int field) {
        return Arrays.stream(rows)
                .flatMap(row -> Arrays.stream(row[field].split(",")))
                .filter(value -> !value.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static long count(String[][] rows, int field) {
        return values(rows, field).length;
    }

    private static long sum(String[][] rows, int field) {
        return Arrays.stream(values(rows, field)).sum();
    }

    /** 0 where there is none. */
    private static long first(String[][] rows, int field) {
        return Arrays.stream(values(rows, field)).findFirst().orElse(0);
    }
}
