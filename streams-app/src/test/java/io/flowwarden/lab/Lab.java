package io.flowwarden.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.testkit.Peers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Three sites, strangers and a router with softflowd, each in a network namespace of its own: real
 * packets, a real firewall, a real exporter. {@code network.sh} says who has which address.
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
    private static final String ESTATE = "lab.yaml";
    private static final String MONITOR = "monitor";
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

    private final Path folder;
    private final String name;
    private final int subnet;
    private final List<Activity> activities = new ArrayList<>();
    private final List<List<String>> blocked = new ArrayList<>();

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
            lab.network(
                    "up",
                    lab.collector(),
                    lab.exporterAddress(),
                    String.join(
                            " ",
                            lab.brestAddress(),
                            lab.gapAddress(),
                            lab.unreadableAddress(),
                            lab.skewedAddress(),
                            lab.unknownAddress()));
        } catch (AssertionError failed) {
            lab.network("down");
            Peers.absent("no network namespaces here (root may have them): " + failed.getMessage());
        }
        lab.serve("vcenter", "udp", "" + HEARTBEAT);
        lab.serve("vr", "tcp", "" + REPLICATION);
        lab.serve("esx-1", "tcp", "" + NFC);
        lab.fillTheMonitoredLines();
        return lab;
    }

    /** Where a collector listens that the exporter reaches. */
    String collector() {
        return "198.18." + subnet + ".1";
    }

    String exporterAddress() {
        return "198.18." + subnet + ".2";
    }

    /** Hands on what Brest's exporter sends. */
    String brestAddress() {
        return relayAddress(0);
    }

    /** Hands on a third of what an exporter sends. */
    String gapAddress() {
        return relayAddress(1);
    }

    /** Hands on an export without its templates. */
    String unreadableAddress() {
        return relayAddress(2);
    }

    /** Hands on an export with a clock two hours ahead. */
    String skewedAddress() {
        return relayAddress(3);
    }

    /** Hands on an export, and no site lists it. */
    String unknownAddress() {
        return relayAddress(4);
    }

    private String relayAddress(int number) {
        return "198.18." + subnet + "." + (3 + number);
    }

    /**
     * Sites, roles and links.
     *
     * @param window when backups must happen: a minute, and half an hour more for some
     */
    Path estate(ZonedDateTime window) throws IOException {
        Map<String, String> names =
                Map.of(
                        "@EXPORTER@", exporterAddress(),
                        "@BREST@", brestAddress(),
                        "@GAP@", gapAddress(),
                        "@UNREADABLE@", unreadableAddress(),
                        "@SKEWED@", skewedAddress(),
                        "@NETWORK@", "198.18." + subnet + ".",
                        "@START@", window.format(MINUTE),
                        "@END@", window.plusMinutes(1).format(MINUTE),
                        "@LATER@", window.plusMinutes(30).format(MINUTE));
        String estate;
        try (var content = Lab.class.getResourceAsStream(ESTATE)) {
            estate = new String(content.readAllBytes(), UTF_8);
        }
        for (var each : names.entrySet()) {
            estate = estate.replace(each.getKey(), each.getValue());
        }
        return Files.writeString(folder.resolve(ESTATE), estate);
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

    /** Anything that {@code host.py} can do; not started yet. */
    Activity python(String host, String... arguments) {
        return activity(
                host,
                Stream.concat(
                                Stream.of("python3", folder.resolve(HOST).toString()),
                                Stream.of(arguments))
                        .toList());
    }

    /** Takes what comes to these ports, as every host of the namespace. */
    void serve(String host, String transport, String ports) {
        python(host, "serve", transport, ports).start().awaitSaying("serving");
    }

    /** NetFlow v9 about every packet that the router saw, a few seconds after it; not started. */
    Activity exporter(InetSocketAddress to) {
        return softflowd(
                MONITOR, to.getAddress().getHostAddress() + ":" + to.getPort(), "maxlife=3");
    }

    /** Likewise about what went out to Brest, by Brest's own exporter. */
    List<Activity> brestExporter(InetSocketAddress to) {
        return List.of(
                relay(9001, to, "none@" + brestAddress()),
                softflowd("brest-monitor", "127.0.0.1:9001", "maxlife=3"));
    }

    /** Exporters that something is wrong with; what they report is nobody's business. */
    List<Activity> brokenExporters(InetSocketAddress to) {
        return List.of(
                relay(
                        9002,
                        to,
                        "gap@" + gapAddress(),
                        "templates@" + unreadableAddress(),
                        "clock@" + skewedAddress(),
                        "none@" + unknownAddress()),
                softflowd(MONITOR, "127.0.0.1:9002", "maxlife=1", "udp", "port", "9"));
    }

    private Activity relay(int port, InetSocketAddress to, String... outputs) {
        return python(
                "exporter",
                Stream.concat(
                                Stream.of(
                                        "relay",
                                        "" + port,
                                        to.getAddress().getHostAddress(),
                                        "" + to.getPort()),
                                Stream.of(outputs))
                        .toArray(String[]::new));
    }

    private Activity softflowd(String on, String to, String life, String... filter) {
        var command =
                new ArrayList<>(
                        List.of("softflowd", "-d", "-i", on, "-C", "65535", "-v", "9", "-n", to));
        command.addAll(List.of("-p", folder.resolve(activities.size() + ".pid").toString()));
        command.addAll(List.of("-c", "none"));
        for (String timeout :
                List.of(
                        "tcp=2",
                        "tcp.rst=1",
                        "tcp.fin=1",
                        "udp=3",
                        "icmp=1",
                        "general=3",
                        life,
                        "expint=1")) {
            command.addAll(List.of("-t", timeout));
        }
        command.addAll(List.of(filter));
        return activity("exporter", command);
    }

    /** The router lets nothing to this TCP port of a host pass any more, until {@link #pass}. */
    void block(String server, int port, Block how) throws IOException, InterruptedException {
        var rule = new ArrayList<>(List.of("-d", server, "-p", "tcp", "--dport", "" + port, "-j"));
        rule.addAll(how.target());
        block(rule);
    }

    /** The router drops what a host sends, or what is sent to it: {@code -s} or {@code -d}. */
    void drop(String side, String host) throws IOException, InterruptedException {
        block(List.of(side, host, "-j", "DROP"));
    }

    private void block(List<String> rule) throws IOException, InterruptedException {
        forward("-A", rule);
        blocked.add(rule);
    }

    /** The router lets pass what is blocked in this direction of a host. */
    void pass(String side, String host) throws IOException, InterruptedException {
        for (List<String> rule : List.copyOf(blocked)) {
            if (rule.subList(0, 2).equals(List.of(side, host))) {
                forward("-D", rule);
                blocked.remove(rule);
            }
        }
    }

    private void forward(String action, List<String> rule)
            throws IOException, InterruptedException {
        Tool.run(
                folder,
                in(
                        "router",
                        Stream.concat(Stream.of("iptables", action, "FORWARD"), rule.stream())
                                .toList()));
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

    /**
     * softflowd 1.1.0 captures with a timeout of 0, which libpcap 1.10 takes for: wake it when a
     * block of 256 KiB is full. Lines with so little traffic as ours would wait for hours.
     */
    private void fillTheMonitoredLines() {
        python("router", "heartbeats", "192.0.2.2", "9", "0.1", "60000").start();
        python("router", "heartbeats", "192.0.2.6", "9", "0.1", "60000").start();
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
