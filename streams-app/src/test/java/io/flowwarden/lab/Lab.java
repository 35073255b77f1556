package io.flowwarden.lab;

import io.flowwarden.testkit.Peers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two sites, two strangers and a router with softflowd, each in a network namespace of its own:
 * real packets, a real firewall, a real exporter. {@code network.sh} says who has which address.
 */
final class Lab implements AutoCloseable {
    static final String ESX_1 = "10.71.1.11";
    static final String ESX_2 = "10.71.1.12";
    static final String VCENTER = "10.71.1.2";
    static final String VR = "10.72.1.5";
    static final String STRANGER = "203.0.113.9";
    static final String SCANNER = "203.0.113.66";
    static final String ROUTER_PARIS = "10.71.1.1";

    /** Hosts of Lyon that the estate knows and that answer nothing. */
    static final String SILENT_HOSTS = "10.72.1.64/26";

    static final int HEARTBEAT = 902;
    static final int NFC = 902;
    static final int REPLICATION = 31_031;

    private static final String SCRIPT = "network.sh";
    private static final String HOST = "host.py";

    private final Path folder;
    private final String name;
    private final int subnet;
    private final List<Activity> activities = new ArrayList<>();

    private Lab(Path folder, int number) {
        this.folder = folder;
        this.name = "fw" + number;
        this.subnet = number % 250;
    }

    /**
     * Builds the network and starts the servers. Skips the test, or fails it if peers are required,
     * where the programs or the rights are not there.
     *
     * @param folder for scripts and logs
     */
    static Lab open(Path folder) throws IOException, InterruptedException {
        Tool.require(folder, "iproute2", "ip", "-V");
        Tool.require(folder, "iptables", "iptables", "-V");
        Tool.require(folder, "softflowd", "softflowd", "-h");
        Tool.require(folder, "nmap", "nmap", "-V");
        Tool.require(folder, "python3", "python3", "-V");
        for (String file : List.of(SCRIPT, HOST)) {
            try (var content = Lab.class.getResourceAsStream(file)) {
                Files.copy(content, folder.resolve(file));
            }
        }
        // Process ids differ, so several labs may stand beside each other.
        var lab = new Lab(folder, (int) (ProcessHandle.current().pid() % 100_000));
        try {
            lab.network("up", lab.collector(), lab.exporterAddress());
        } catch (AssertionError failed) {
            lab.network("down");
            Peers.absent("no network namespaces here (root may have them): " + failed.getMessage());
        }
        lab.serve("vcenter", "udp", HEARTBEAT);
        lab.serve("vr", "tcp", REPLICATION);
        lab.serve("esx-1", "tcp", NFC);
        lab.fillTheMonitoredLine();
        return lab;
    }

    /** Where a collector listens that the exporter reaches. */
    String collector() {
        return "198.18." + subnet + ".1";
    }

    String exporterAddress() {
        return "198.18." + subnet + ".2";
    }

    /** Sites, roles and links, with cadences that a test can wait for. */
    Path estate() throws IOException {
        return Files.writeString(
                folder.resolve("lab.yaml"),
                """
                sites:
                  - {name: paris, networks: [10.71.0.0/16], exporters: [%1$s]}
                  - {name: lyon, networks: [10.72.0.0/16]}
                endpoints:
                  - {name: esx-paris, addresses: [10.71.1.11, 10.71.1.12], roles: [esxi-host]}
                  - {name: vcenter-paris, address: 10.71.1.2, roles: [vcenter-server]}
                  - {name: vr-lyon, address: 10.72.1.5, roles: [vr-appliance, vr-server]}
                  - {name: esx-lyon, address: 10.72.1.64/26, roles: [esxi-host]}
                links:
                  - {name: host-heartbeats, kind: heartbeat, from: esx-paris, to: vcenter-paris, service: 902/udp, every: 1s, misses: 5}
                  - {name: dr-lyon, kind: replication, from: esx-paris, to: vr-lyon, service: 31031/tcp, rpo: 40s}
                sources:
                  - {match: "netflow/%1$s/*", reporting-delay: 5s}
                """
                        .formatted(exporterAddress()));
    }

    /** Heartbeats of a host to its vCenter, one a second; not started yet. */
    Activity heartbeats(String host) {
        return python(host, "heartbeats", VCENTER, "" + HEARTBEAT, "1");
    }

    /** Replication of a host, a session every second; not started yet. */
    Activity replication(String host) {
        return python(host, "sessions", VR, "" + REPLICATION, "1");
    }

    /** TCP sessions of any host with any server, one a second; not started yet. */
    Activity sessions(String host, String server, int port) {
        return python(host, "sessions", server, "" + port, "1");
    }

    /** NetFlow v9 about every packet that the router saw, a few seconds after it; not started. */
    Activity exporter(InetSocketAddress to) {
        return activity(
                "exporter",
                List.of(
                        "softflowd",
                        "-d",
                        "-i",
                        "monitor",
                        "-C",
                        "65535",
                        "-v",
                        "9",
                        "-n",
                        to.getAddress().getHostAddress() + ":" + to.getPort(),
                        "-p",
                        folder.resolve("softflowd.pid").toString(),
                        "-c",
                        "none",
                        "-t",
                        "tcp=2",
                        "-t",
                        "tcp.rst=1",
                        "-t",
                        "tcp.fin=1",
                        "-t",
                        "udp=3",
                        "-t",
                        "icmp=1",
                        "-t",
                        "general=3",
                        "-t",
                        "maxlife=3",
                        "-t",
                        "expint=1"));
    }

    /** The router lets nothing of this TCP port pass any more, until {@link #unblock}. */
    void block(int port, Block how) throws IOException, InterruptedException {
        unblock();
        var rule =
                new ArrayList<>(
                        List.of("iptables", "-A", "FORWARD", "-p", "tcp", "--dport", "" + port));
        rule.add("-j");
        rule.addAll(how.target());
        Tool.run(folder, in("router", rule));
    }

    void unblock() throws IOException, InterruptedException {
        Tool.run(folder, in("router", List.of("iptables", "-F", "FORWARD")));
    }

    /** SYN scan of these ports of a prefix, from the scanner; returns when it is over. */
    void sweep(String prefix, String ports) throws IOException, InterruptedException {
        Tool.run(
                folder,
                in(
                        "scanner",
                        List.of(
                                "nmap",
                                "-n",
                                "-Pn",
                                "-sS",
                                "--max-retries",
                                "0",
                                "--min-rate",
                                "100",
                                "-p",
                                ports,
                                prefix)));
    }

    /** Pulls the cable of a host. */
    void unplug(String host) throws IOException, InterruptedException {
        Tool.run(folder, List.of("ip", "-n", name + "-router", "link", "set", host, "down"));
    }

    void plug(String host, String address) throws IOException, InterruptedException {
        String router = name + "-router";
        Tool.run(folder, List.of("ip", "-n", router, "link", "set", host, "up"));
        // It went with the cable.
        Tool.run(folder, List.of("ip", "-n", router, "route", "replace", address, "dev", host));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        activities.forEach(Activity::close);
        network("down");
    }

    private void serve(String host, String transport, int port) {
        python(host, "serve", transport, "" + port).start().awaitSaying("serving");
    }

    /**
     * softflowd 1.1.0 captures with a timeout of 0, which libpcap 1.10 takes for: wake it when a
     * block of 256 KiB is full. A line with so little traffic as ours would wait for hours.
     */
    private void fillTheMonitoredLine() {
        python("router", "heartbeats", "192.0.2.2", "9", "0.1", "60000").start();
    }

    private Activity python(String host, String... arguments) {
        return activity(
                host,
                Stream.concat(
                                Stream.of("python3", folder.resolve(HOST).toString()),
                                Stream.of(arguments))
                        .toList());
    }

    private Activity activity(String host, List<String> command) {
        var activity =
                new Activity(
                        in(host, command), folder.resolve(host + "-" + activities.size() + ".log"));
        activities.add(activity);
        return activity;
    }

    private List<String> in(String host, List<String> command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", name + "-" + host), command.stream())
                .toList();
    }

    private void network(String action, String... addresses)
            throws IOException, InterruptedException {
        Tool.run(
                folder,
                Stream.concat(
                                Stream.of("sh", folder.resolve(SCRIPT).toString(), action, name),
                                Stream.of(addresses))
                        .toList());
    }
}
