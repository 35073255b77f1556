package io.flowwarden.draft;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who plays which role, by the telling services. Each step reads one service the way the catalog
 * pairs its roles (31031/tcp: esxi-host to vr-server); where it pairs several roles on a port, what
 * earlier steps found decides, and what stays open is unsure. So the order of the steps matters:
 * ports that mean one thing only come first.
 */
final class Casting {
    static final String ESXI_HOST = "esxi-host";
    static final String VCENTER = "vcenter-server";
    static final String APPLIANCE = "vr-appliance";
    static final String VR_SERVER = "vr-server";
    static final String PROXY = "backup-proxy";
    private static final String DRVA = "jetstream-drva";
    private static final String MSA = "jetstream-msa";
    private static final String ROCVA = "jetstream-rocva";

    /** Recovery appliances come and go, so nobody misses one. */
    static final String TRANSIENT = ROCVA;

    /** Beats of one host alone may be something else; these many of several are not. */
    private static final int FEWEST_BEATS = 4;

    /** Who moves this much from disks of hosts backs them up. */
    private static final long BULK = 100_000_000;

    private final List<Talk> talks;
    private final Map<Host, Cast> casts = new TreeMap<>();

    private Casting(List<Talk> talks) {
        this.talks = talks;
    }

    /** The cast of everybody who takes part in a telling service. */
    static Map<Host, Cast> of(List<Talk> talks) {
        var casting = new Casting(talks.stream().filter(Casting::isCredible).toList());
        casting.replication();
        casting.oddOnesOut();
        casting.heartbeats();
        casting.disks();
        casting.appliances();
        casting.replicationControl();
        casting.jetStream();
        casting.storage();
        casting.dataRecovery();
        casting.backup();
        casting.casts.values().removeIf(cast -> cast.roles().isEmpty() && cast.unsure().isEmpty());
        return casting.casts;
    }

    /** On a port that clients use as well, two of the client's show that the server's is one. */
    private static boolean isCredible(Talk talk) {
        return !talk.service().isEphemeral() || talk.severalClientPorts();
    }

    private void replication() {
        for (Service service : List.of(Service.REPLICATION, Service.ENCRYPTED_REPLICATION)) {
            for (Talk talk : of(service)) {
                cast(talk.client()).sure(ESXI_HOST);
                cast(talk.server()).sure(VR_SERVER);
            }
        }
    }

    /**
     * Where hosts of a region are seen to send heartbeats, one that only replicates may be no host
     * but somebody who talks to a replication server and should not.
     */
    private void oddOnesOut() {
        var beating = new TreeSet<Host>();
        var regions = new TreeSet<Host>();
        for (Set<Host> senders : clientsOf(Service.HEARTBEAT).values()) {
            beating.addAll(senders);
            if (senders.size() > 1) {
                senders.forEach(host -> regions.add(Host.first(host.region())));
            }
        }
        var serving = new TreeSet<Host>();
        of(Service.DISKS).forEach(talk -> serving.add(talk.server()));
        casts.forEach(
                (host, cast) -> {
                    if (cast.is(ESXI_HOST)
                            && !beating.contains(host)
                            && !serving.contains(host)
                            && regions.contains(Host.first(host.region()))) {
                        cast.doubt(
                                ESXI_HOST,
                                "replicates like a host, but sends no heartbeats as hosts near it"
                                        + " do");
                    }
                });
    }

    private void heartbeats() {
        Map<Host, Set<Host>> senders = clientsOf(Service.HEARTBEAT);
        var beats = new TreeMap<Host, Long>();
        var most = new TreeMap<Host, Long>();
        for (Talk talk : of(Service.HEARTBEAT)) {
            beats.merge(talk.server(), talk.flows(), Long::sum);
            most.merge(talk.server(), talk.flows(), Math::max);
        }
        for (Talk talk : of(Service.HEARTBEAT)) {
            Host server = talk.server();
            boolean many = senders.get(server).size() > 1 && beats.get(server) >= FEWEST_BEATS;
            if (many && !is(server, ESXI_HOST)) {
                cast(server).sure(VCENTER);
                if (talk.flows() * 10 >= most.get(server)) {
                    cast(talk.client()).sure(ESXI_HOST);
                } else {
                    cast(talk.client()).unsure(ESXI_HOST, "few heartbeats beside others'");
                }
            }
        }
        for (Talk talk : of(Service.HEARTBEAT)) {
            Host server = talk.server();
            if (is(server, ESXI_HOST) || is(server, VCENTER) || is(talk.client(), VCENTER)) {
                continue;
            }
            if (is(talk.client(), ESXI_HOST)) {
                cast(server).sure(VCENTER);
            } else {
                cast(server).unsure(VCENTER, "takes 902/udp of one sender only");
                cast(talk.client()).unsure(ESXI_HOST, "sends 902/udp, but to nobody who is sure");
            }
        }
    }

    private void disks() {
        Map<Host, Set<Host>> readers = clientsOf(Service.DISKS);
        Map<Host, Long> moved = bytesByClient();
        var breadth = new TreeMap<Host, Integer>();
        readers.values().forEach(all -> all.forEach(host -> breadth.merge(host, 1, Integer::sum)));
        readers.forEach(
                (server, clients) -> {
                    boolean known = clients.stream().anyMatch(client -> is(client, VCENTER));
                    boolean bulk =
                            clients.stream()
                                    .anyMatch(
                                            client ->
                                                    moved.get(client) >= BULK
                                                            && breadth.get(client) > 1);
                    if (known || bulk) {
                        cast(server).sure(ESXI_HOST);
                    } else {
                        cast(server).unsure(ESXI_HOST, "serves 902/tcp, and nothing else tells");
                    }
                });
    }

    private void appliances() {
        for (Talk talk : of(Service.APPLIANCE_PAIR)) {
            boolean serves = is(talk.server(), VR_SERVER);
            boolean apart = !talk.client().region().equals(talk.server().region());
            if (is(talk.client(), VCENTER) || is(talk.client(), ESXI_HOST)) {
                // vCenter calls the appliance too; between hosts the port is high availability's.
                if (serves) {
                    cast(talk.server()).sure(APPLIANCE);
                }
            } else if (serves || is(talk.client(), VR_SERVER)) {
                cast(talk.server()).sure(APPLIANCE);
                if (apart || is(talk.client(), VR_SERVER)) {
                    cast(talk.client()).sure(APPLIANCE);
                } else {
                    cast(talk.client())
                            .unsure(APPLIANCE, "calls an appliance on 8043/tcp; so does vCenter");
                }
            } else {
                cast(talk.server()).unsure(APPLIANCE, "8043/tcp without replication");
            }
        }
    }

    private void replicationControl() {
        for (Talk talk : of(Service.REPLICATION_CONTROL)) {
            if (is(talk.client(), APPLIANCE) || is(talk.server(), VR_SERVER)) {
                cast(talk.client()).sure(APPLIANCE);
                cast(talk.server()).sure(VR_SERVER);
            } else {
                cast(talk.server()).unsure(VR_SERVER, "8123/tcp without replication");
            }
        }
    }

    private void jetStream() {
        Map<Host, Set<Host>> data = clientsOf(Service.JETSTREAM_DATA);
        Map<Host, Set<Host>> control = clientsOf(Service.JETSTREAM_CONTROL);
        data.forEach(
                (server, clients) -> {
                    boolean ofHosts = clients.stream().anyMatch(host -> is(host, ESXI_HOST));
                    if (ofHosts || control.containsKey(server)) {
                        cast(server).sure(DRVA);
                    } else {
                        cast(server).unsure(DRVA, "serves 32877/tcp, but to nobody who is sure");
                    }
                });
        control.forEach(
                (server, clients) -> {
                    boolean takesData = is(server, DRVA);
                    boolean readsData =
                            data.entrySet().stream()
                                    .anyMatch(
                                            each ->
                                                    is(each.getKey(), DRVA)
                                                            && each.getValue().contains(server));
                    if (takesData || readsData) {
                        cast(server).sure(takesData ? DRVA : ROCVA);
                        clients.forEach(client -> cast(client).sure(MSA));
                    } else {
                        cast(server).unsure(ROCVA, "serves 32878/tcp; or jetstream-drva");
                    }
                });
        data.forEach(
                (server, clients) -> {
                    for (Host client : clients) {
                        if (is(server, DRVA) && !is(client, ROCVA)) {
                            cast(client)
                                    .unsure(
                                            ESXI_HOST,
                                            "writes to jetstream-drva; or jetstream-rocva");
                        }
                    }
                });
        for (Talk talk : of(Service.IO_FILTER)) {
            cast(talk.server()).unsure(ESXI_HOST, "serves 32873/tcp, and nothing else tells");
        }
    }

    private void storage() {
        clientsOf(Service.ISCSI)
                .forEach(
                        (server, clients) -> {
                            if (clients.stream().anyMatch(host -> is(host, ESXI_HOST))) {
                                cast(server).sure("iscsi-target");
                            } else {
                                cast(server)
                                        .unsure("iscsi-target", "serves 3260/tcp, but to no host");
                            }
                        });
    }

    private void dataRecovery() {
        for (Talk talk : of(Service.DATA_RECOVERY)) {
            cast(talk.server()).sure("vdr-appliance");
            cast(talk.client()).sure("vdr-client-plugin");
        }
    }

    private void backup() {
        Map<Host, Long> moved = bytesByClient();
        for (Talk talk : of(Service.DISKS)) {
            Cast client = cast(talk.client());
            boolean free = !client.isAnything() || client.is(PROXY);
            if (free && is(talk.server(), ESXI_HOST)) {
                if (moved.get(talk.client()) >= BULK) {
                    client.sure(PROXY);
                } else {
                    client.unsure(
                            PROXY, "reads 902/tcp of hosts, but little; or an administrator's PC");
                }
            }
        }
    }

    private List<Talk> of(Service service) {
        return talks.stream().filter(talk -> talk.service() == service).toList();
    }

    private Map<Host, Set<Host>> clientsOf(Service service) {
        var clients = new TreeMap<Host, Set<Host>>();
        for (Talk talk : of(service)) {
            clients.computeIfAbsent(talk.server(), server -> new TreeSet<>()).add(talk.client());
        }
        return clients;
    }

    private Map<Host, Long> bytesByClient() {
        var moved = new TreeMap<Host, Long>();
        of(Service.DISKS).forEach(talk -> moved.merge(talk.client(), talk.bytes(), Long::sum));
        return moved;
    }

    private Cast cast(Host host) {
        return casts.computeIfAbsent(host, each -> new Cast());
    }

    private boolean is(Host host, String role) {
        Cast cast = casts.get(host);
        return cast != null && cast.is(role);
    }
}
