package io.flowwarden.draft;

import static io.flowwarden.draft.Service.APPLIANCE_PAIR;
import static io.flowwarden.draft.Service.DATA_RECOVERY;
import static io.flowwarden.draft.Service.DISKS;
import static io.flowwarden.draft.Service.HEARTBEAT;
import static io.flowwarden.draft.Service.IO_FILTER;
import static io.flowwarden.draft.Service.ISCSI;
import static io.flowwarden.draft.Service.JETSTREAM_CONTROL;
import static io.flowwarden.draft.Service.JETSTREAM_DATA;
import static io.flowwarden.draft.Service.REPLICATION;
import static io.flowwarden.draft.Service.REPLICATION_CONTROL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.net.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each telling service says of its two ends, and what it leaves open. */
final class CastingTest {
    private final List<Talk> talks = new ArrayList<>();

    @Test
    void replicationNamesHostAndServer() {
        talk(REPLICATION, "10.1.0.1", "10.2.0.5");
        assertSure("10.1.0.1", "esxi-host");
        assertSure("10.2.0.5", "vr-server");
    }

    @Test
    void heartbeatsOfManyNameVcenterAndOfOneOnlyPerhaps() {
        talk(HEARTBEAT, "10.1.0.1", "10.1.0.9");
        assertUnsure("10.1.0.9", "vcenter-server");
        assertUnsure("10.1.0.1", "esxi-host");
        talk(HEARTBEAT, "10.1.0.2", "10.1.0.9");
        assertSure("10.1.0.9", "vcenter-server");
        assertSure("10.1.0.1", "esxi-host");
    }

    @Test
    void heartbeatOfOneSureHostNamesVcenter() {
        talk(REPLICATION, "10.1.0.1", "10.2.0.5");
        talk(HEARTBEAT, "10.1.0.1", "10.1.0.9");
        assertSure("10.1.0.9", "vcenter-server");
    }

    @Test
    void beatsBackFromVcenterMakeItNoHost() {
        talk(HEARTBEAT, "10.1.0.1", "10.1.0.9");
        talk(HEARTBEAT, "10.1.0.2", "10.1.0.9");
        talk(HEARTBEAT, "10.1.0.9", "10.1.0.1");
        assertSure("10.1.0.9", "vcenter-server");
        assertSure("10.1.0.1", "esxi-host");
    }

    @Test
    void whoSendsFewBeatsBesideOthersIsNoHost() {
        for (int i = 0; i < 20; i++) {
            talk(HEARTBEAT, "10.1.0.1", "10.1.0.9");
        }
        talk(HEARTBEAT, "10.1.0.66", "10.1.0.9");
        assertSure("10.1.0.1", "esxi-host");
        assertUnsure("10.1.0.66", "esxi-host");
    }

    @Test
    void whoMovesMuchFromDisksOfSeveralHostsIsTheirProxy() {
        bulk(DISKS, "10.1.0.30", "10.1.0.1");
        bulk(DISKS, "10.1.0.30", "10.1.0.2");
        assertSure("10.1.0.30", "backup-proxy");
        assertSure("10.1.0.2", "esxi-host");
    }

    @Test
    void whoReadsLittleOfOneHostIsNobodyForSure() {
        talk(DISKS, "10.1.0.30", "10.1.0.1");
        assertUnsure("10.1.0.1", "esxi-host");
        talk(REPLICATION, "10.1.0.1", "10.2.0.5");
        assertSure("10.1.0.1", "esxi-host");
        assertUnsure("10.1.0.30", "backup-proxy");
    }

    @Test
    void vcenterThatReadsDisksIsNoProxyAndNamesHosts() {
        talk(HEARTBEAT, "10.1.0.1", "10.1.0.9");
        talk(HEARTBEAT, "10.1.0.2", "10.1.0.9");
        bulk(DISKS, "10.1.0.9", "10.1.0.3");
        assertSure("10.1.0.9", "vcenter-server");
        assertSure("10.1.0.3", "esxi-host");
    }

    @Test
    void appliancesOfTwoSitesCallEachOther() {
        talk(REPLICATION, "10.1.0.1", "10.2.0.5");
        talk(APPLIANCE_PAIR, "10.1.0.5", "10.2.0.5");
        assertSure("10.1.0.5", "vr-appliance");
        assertSure("10.2.0.5", "vr-appliance", "vr-server");
    }

    @Test
    void vcenterThatCallsAnApplianceIsNone() {
        talk(HEARTBEAT, "10.1.0.1", "10.1.0.9");
        talk(HEARTBEAT, "10.1.0.2", "10.1.0.9");
        talk(REPLICATION, "10.1.0.1", "10.2.0.5");
        talk(APPLIANCE_PAIR, "10.1.0.9", "10.2.0.5");
        assertSure("10.1.0.9", "vcenter-server");
        assertSure("10.2.0.5", "vr-appliance", "vr-server");
    }

    @Test
    void port8043BetweenStrangersSaysLittle() {
        talk(APPLIANCE_PAIR, "10.1.0.5", "10.2.0.5");
        assertSure("10.2.0.5");
        assertUnsure("10.2.0.5", "vr-appliance");
    }

    @Test
    void applianceControlsItsServers() {
        talk(REPLICATION, "10.1.0.1", "10.2.0.6");
        talk(REPLICATION_CONTROL, "10.2.0.5", "10.2.0.6");
        assertSure("10.2.0.5", "vr-appliance");
        talks.clear();
        talk(REPLICATION_CONTROL, "10.2.0.5", "10.2.0.6");
        assertUnsure("10.2.0.6", "vr-server");
    }

    @Test
    void jetStreamIsCastFromHostsToItsManager() {
        talk(REPLICATION, "10.1.0.1", "10.2.0.5");
        talk(JETSTREAM_DATA, "10.1.0.1", "10.1.0.40");
        talk(JETSTREAM_DATA, "10.1.0.42", "10.1.0.40");
        talk(JETSTREAM_CONTROL, "10.1.0.41", "10.1.0.40");
        talk(JETSTREAM_CONTROL, "10.1.0.41", "10.1.0.42");
        assertSure("10.1.0.40", "jetstream-drva");
        assertSure("10.1.0.41", "jetstream-msa");
        assertSure("10.1.0.42", "jetstream-rocva");
    }

    @Test
    void portThatAClientMayHaveByChanceNeedsTwoOfTheClients() {
        talk(REPLICATION, "10.1.0.1", "10.2.0.5");
        once(JETSTREAM_DATA, "10.1.0.1", "10.1.0.40");
        assertSure("10.1.0.40");
        talk(JETSTREAM_DATA, "10.1.0.1", "10.1.0.40");
        assertSure("10.1.0.40", "jetstream-drva");
    }

    @Test
    void ioFilterAloneIsADoubt() {
        talk(IO_FILTER, "10.1.0.7", "10.1.0.1");
        assertUnsure("10.1.0.1", "esxi-host");
    }

    @Test
    void iscsiIsATargetOfHostsOnly() {
        talk(ISCSI, "10.1.0.1", "10.1.0.50");
        assertUnsure("10.1.0.50", "iscsi-target");
        talk(REPLICATION, "10.1.0.1", "10.2.0.5");
        assertSure("10.1.0.50", "iscsi-target");
    }

    @Test
    void dataRecoveryNamesBothEnds() {
        talk(DATA_RECOVERY, "10.1.99.1", "10.1.0.60");
        assertSure("10.1.0.60", "vdr-appliance");
        assertSure("10.1.99.1", "vdr-client-plugin");
    }

    private void talk(Service service, String client, String server) {
        add(service, client, server, 3, 1_000);
    }

    private void bulk(Service service, String client, String server) {
        add(service, client, server, 3, 60_000_000);
    }

    private void once(Service service, String client, String server) {
        add(service, client, server, 1, 1_000);
    }

    private void add(Service service, String client, String server, int flows, long bytes) {
        var key = new Talk.Key(host(client), host(server), service);
        Talk talk =
                talks.stream()
                        .filter(
                                each ->
                                        each.client().equals(key.client())
                                                && each.server().equals(key.server())
                                                && each.service() == service)
                        .findFirst()
                        .orElse(null);
        if (talk == null) {
            talk = new Talk(key);
            talks.add(talk);
        }
        for (int i = 0; i < flows; i++) {
            talk.add("netflow/x/0", true, 50_000 + i, bytes, 0, 0, 0);
        }
    }

    private void assertSure(String address, String... roles) {
        Cast cast = Casting.of(talks).get(host(address));
        assertEquals(List.of(roles), cast == null ? List.of() : cast.roles());
    }

    private void assertUnsure(String address, String role) {
        Map<Host, Cast> casts = Casting.of(talks);
        assertEquals(List.of(role), List.copyOf(casts.get(host(address)).unsure().keySet()));
    }

    private static Host host(String text) {
        long[] address = Address.parse(text);
        return new Host(address[0], address[1]);
    }
}
