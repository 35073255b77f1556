package io.flowwarden.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An exporter as Debian packages it, and how to have it read a capture.
 *
 * @param name for people
 * @param collector of nfdump for what it sends
 * @param sampling one of so many packets is seen
 * @param nfdumpApplies whether nfdump multiplies by the sampling that this exporter states
 * @param directions counters of one kind in a record
 * @param complete whether it lets no packet of the capture go by
 */
record Exporter(
        String name,
        Command command,
        String collector,
        int sampling,
        boolean nfdumpApplies,
        int directions,
        boolean complete) {
    /** Where one that has a network of its own leaves what it sent. */
    static final String SENT = "sent.pcap";

    private static final String SFLOW_COLLECTOR = "sfcapd";

    /** Makes the command line. */
    interface Command {
        /**
         * @param capture to be read
         * @param folder for whatever else it needs
         * @param to where its datagrams go
         */
        List<String> of(Path capture, Path folder, InetSocketAddress to) throws IOException;
    }

    static List<Exporter> all() {
        return List.of(
                softflowd("softflowd v5", 1, true, 1, "-v", "5"),
                softflowd("softflowd v9", 1, true, 1, "-v", "9"),
                softflowd("softflowd IPFIX", 1, true, 1, "-v", "10"),
                softflowd("softflowd IPFIX both ways", 1, true, 2, "-v", "10", "-b"),
                softflowd("softflowd v5 one of 4", 4, true, 1, "-v", "5", "-s", "4"),
                // nfdump 1.7.1 looks for other scopes than softflowd's interface and process.
                softflowd("softflowd v9 one of 4", 4, false, 1, "-v", "9", "-s", "4"),
                softflowd("softflowd IPFIX one of 4", 4, false, 1, "-v", "10", "-s", "4"),
                nfprobe(5),
                nfprobe(9),
                nfprobe(10),
                sfprobe());
    }

    /** What tshark says of a capture of its datagrams. */
    Sums tshark(Path export) throws Exception {
        return collector.equals(SFLOW_COLLECTOR)
                ? Tshark.sflow(export)
                : Tshark.netflow(export, directions);
    }

    private static Exporter softflowd(
            String name, int sampling, boolean nfdumpApplies, int directions, String... more) {
        return new Exporter(
                name,
                (capture, folder, to) -> {
                    var command =
                            new ArrayList<>(
                                    List.of(
                                            "softflowd",
                                            "-d",
                                            "-r",
                                            capture.toString(),
                                            "-n",
                                            to.getHostString() + ":" + to.getPort(),
                                            "-p",
                                            folder.resolve("softflowd.pid").toString(),
                                            "-c",
                                            "none"));
                    command.addAll(List.of(more));
                    return command;
                },
                "nfcapd",
                sampling,
                nfdumpApplies,
                directions,
                sampling == 1);
    }

    private static Exporter nfprobe(int version) {
        return new Exporter(
                "nfprobe v" + version,
                (capture, folder, to) ->
                        pmacctd(
                                folder,
                                """
                                pcap_savefile: %s
                                plugins: nfprobe
                                aggregate: src_host, dst_host, src_port, dst_port, proto, tos, tcpflags
                                nfprobe_receiver: %s:%d
                                nfprobe_version: %d
                                """
                                        .formatted(
                                                capture,
                                                to.getHostString(),
                                                to.getPort(),
                                                version)),
                "nfcapd",
                1,
                true,
                1,
                true);
    }

    /** A flow for each packet; the last few of the capture never leave it. */
    private static Exporter sfprobe() {
        return new Exporter(
                "sfprobe",
                (capture, folder, to) ->
                        pmacctd(
                                folder,
                                """
                                pcap_savefile: %s
                                plugins: sfprobe
                                sampling_rate: 1
                                sfprobe_receiver: %s:%d
                                """
                                        .formatted(capture, to.getHostString(), to.getPort())),
                SFLOW_COLLECTOR,
                1,
                true,
                1,
                false);
    }

    /**
     * It listens to interfaces only, so it gets a network of its own, where the capture is played
     * on loopback and what it sends is recorded. It sends when a datagram is full, or after five
     * seconds. Packets escape it: what it counts is what it saw.
     */
    static Exporter fprobe() {
        return new Exporter(
                "fprobe",
                (capture, folder, to) ->
                        List.of(
                                "unshare",
                                "--net",
                                "--pid",
                                "--fork",
                                "--kill-child",
                                "--mount-proc",
                                "sh",
                                "-ec",
                                """
                                ip link set lo up
                                tcpdump -Z root -i lo -U -w %s udp port 2055 &
                                fprobe -i lo -f 'net 10.0.0.0/8' -K 14 -s 1 -d 1 -e 2 -l 2 127.0.0.1:2055 &
                                sleep 1
                                tcpreplay -q -K -i lo -p 1000 %s
                                sleep 8
                                """
                                        .formatted(folder.resolve(SENT), capture)),
                "nfcapd",
                1,
                true,
                1,
                false);
    }

    private static List<String> pmacctd(Path folder, String settings) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("pmacctd.conf"),
                        "daemonize: false\nplugin_buffer_size: 10240\nplugin_pipe_size: 10240000\n"
                                + settings);
        return List.of("pmacctd", "-f", file.toString());
    }
}
