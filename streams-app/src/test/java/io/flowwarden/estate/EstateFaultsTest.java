package io.flowwarden.estate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.fault.Fault;
import io.flowwarden.fault.FaultyInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each fault as its reader sees it: line, key, value, reason, nearest known name. */
class EstateFaultsTest {
    private static final Catalog CATALOG = Catalog.bundled();

    /** What links, maintenance and the rest of the snippets refer to. */
    private static final String PARIS_LYON =
            """
            sites: [{name: paris, networks: [10.1.0.0/16]}, {name: lyon}]
            endpoints: [{name: esx, address: 10.1.10.0/24}, {name: vc, address: 10.1.20.2}]
            """;

    @Test
    void keysThatNobodyKnows() {
        faults(
                """
                site: []
                endpoints:
                  - {name: a, adress: 10.0.0.1, address: 10.0.0.2, color: red}
                """,
                "1: site: 'site': unknown key; did you mean 'sites'?",
                "3: endpoints[0].adress: 'adress': unknown key; did you mean 'address'?",
                "3: endpoints[0].color: 'color': unknown key");
    }

    @Test
    void keysThatStandTwice() {
        faults(
                """
                sites: []
                endpoints: []
                sites: []
                """,
                "3: sites: 'sites': this key stands on line 1 too");
    }

    @Test
    void valuesOfAnotherKind() {
        faults("- a", "1: expected a mapping of keys and values");
        faults("just text", "1: 'just text': expected a mapping of keys and values");
        faults("sites: {name: a}", "1: sites: expected a list");
        faults("sites: [paris]", "1: sites[0]: 'paris': expected a mapping of keys and values");
        faults(
                "sites: [{name: [a], networks: {a: b}}]",
                "1: sites[0].name: expected a single text, not a list");
        faults("sites: [{name: a, networks: {a: b}}]", "1: sites[0].networks: expected a list");
        faults(
                "sites: [{name: a, networks: [[10.0.0.0/8]]}]",
                "1: sites[0].networks[0]: expected a single text, not a list");
        faults(
                "sites: [{name: a, external: yes}]",
                "1: sites[0].external: 'yes': expected true or false");
        faults("? [a]\n: b", "1: a key must be a single text");
    }

    @Test
    void names() {
        faults("sites: [{networks: []}]", "1: sites[0].name: is missing");
        faults("sites: [{name: ' '}]", "1: sites[0].name: ' ': is empty");
        faults(
                "sites: [{name: a/b}]",
                "1: sites[0].name: 'a/b': a name is letters, digits, '.', '_' and '-', 100 at most");
        faults(
                "sites: [{name: 10.0.0.1}]",
                "1: sites[0].name: '10.0.0.1': a name must not read as an address");
        faults(
                """
                sites:
                  - {name: a}
                  - {name: a}
                endpoints:
                  - {name: a, address: 10.0.0.1}
                  - {name: b, address: 10.0.0.2}
                  - {name: b, address: 10.0.0.3}
                policies:
                  - {name: b, allow: {from: b}}
                  - {name: b, allow: {from: b}}
                """,
                "3: sites[1].name: 'a': this name stands on line 2 too",
                "5: endpoints[0].name: 'a': the site on line 2 has this name",
                "7: endpoints[2].name: 'b': this name stands on line 6 too",
                "10: policies[1].name: 'b': this name stands on line 9 too");
    }

    @Test
    void addresses() {
        faults(
                "endpoints: [{name: a}, {name: b, address: }, {name: c, addresses: []}]",
                "1: endpoints[0].address: is missing",
                "1: endpoints[1].address: is missing",
                "1: endpoints[2].addresses: an endpoint has at least one address");
        faults(
                "endpoints: [{name: a, address: 10.0.0.1, addresses: [10.0.0.2]}]",
                "1: endpoints[0].addresses: stands beside address; put all of them here");
        faults(
                "endpoints: [{name: a, address: [10.0.0.256, 10.0.0.0/33, esx01]}]",
                "1: endpoints[0].address[0]: '10.0.0.256': expected an address or a prefix, e.g."
                        + " 10.1.0.0/16",
                "1: endpoints[0].address[1]: '10.0.0.0/33': expected an address or a prefix, e.g."
                        + " 10.1.0.0/16",
                "1: endpoints[0].address[2]: 'esx01': expected an address or a prefix, e.g."
                        + " 10.1.0.0/16");
        faults(
                "sites: [{name: a, networks: [10.1.2.3/16, '2001:db8::1/32']}]",
                "1: sites[0].networks[0]: '10.1.2.3/16': the address has bits beyond its length;"
                        + " the prefix is 10.1.0.0/16; did you mean '10.1.0.0/16'?",
                "1: sites[0].networks[1]: '2001:db8::1/32': the address has bits beyond its"
                        + " length; the prefix is 2001:db8::/32; did you mean '2001:db8::/32'?");
        faults(
                """
                sites:
                  - {name: a, networks: [0.0.0.0/0, "::/0"]}
                endpoints:
                  - {name: b, address: 0.0.0.0/0}
                """,
                "2: sites[0].networks[0]: '0.0.0.0/0': covers everything; only a site with"
                        + " external: true may",
                "2: sites[0].networks[1]: '::/0': covers everything; only a site with external:"
                        + " true may",
                "4: endpoints[0].address: '0.0.0.0/0': covers everything; only a site with"
                        + " external: true may");
        faults(
                "endpoints: [{name: a, address: [239.1.2.3, 'fe80::/10']}]",
                "1: endpoints[0].address[0]: '239.1.2.3': no host has such an address: flows of it"
                        + " are out of scope",
                "1: endpoints[0].address[1]: 'fe80::/10': no host has such an address: flows of it"
                        + " are out of scope");
    }

    @Test
    void prefixesThatBelongToTwo() {
        faults(
                """
                sites:
                  - {name: a, networks: [10.1.0.0/16], exporters: [10.1.255.1]}
                  - {name: b, networks: [10.1.0.0/16, 10.1.1.0/24], exporters: [10.1.255.1]}
                endpoints:
                  - {name: c, address: [10.1.0.0/16, 10.1.0.1, 10.1.0.1/32]}
                  - {name: d, address: "::ffff:10.1.0.1"}
                """,
                "3: sites[1].networks[0]: '10.1.0.0/16': belongs to site a, line 2",
                "3: sites[1].exporters[0]: '10.1.255.1': belongs to site a, line 2",
                "5: endpoints[0].address[2]: '10.1.0.1/32': belongs to endpoint c, line 5",
                "6: endpoints[1].address: '::ffff:10.1.0.1': belongs to endpoint c, line 5");
    }

    @Test
    void exporters() {
        faults(
                "sites: [{name: a, exporters: [10.1.0.0/24, nobody]}]",
                "1: sites[0].exporters[0]: '10.1.0.0/24': an exporter is one address",
                "1: sites[0].exporters[1]: 'nobody': expected an address or a prefix, e.g."
                        + " 10.1.0.0/16");
    }

    @Test
    void roles() {
        faults(
                "endpoints: [{name: a, address: 10.0.0.1, roles: [esx-hots, vcenter, listed,"
                        + " vr-server, vr-server, quux, null]}]",
                "1: endpoints[0].roles[0]: 'esx-hots': no such role; did you mean 'esx-host'?",
                "1: endpoints[0].roles[1]: 'vcenter': no such role; did you mean"
                        + " 'vcenter-server'?",
                "1: endpoints[0].roles[2]: 'listed': every endpoint is listed; this is no role to"
                        + " give",
                "1: endpoints[0].roles[4]: 'vr-server': stands twice",
                "1: endpoints[0].roles[5]: 'quux': no such role",
                "1: endpoints[0].roles[6]: 'null': is empty");
    }

    @Test
    void sitesOfEndpoints() {
        faults(
                "sites: [{name: paris}]\nendpoints: [{name: a, address: 10.0.0.1, site: pariss}]",
                "2: endpoints[0].site: 'pariss': no site of this name; did you mean 'paris'?");
    }

    @Test
    void movedPorts() {
        faults(
                """
                endpoints:
                  - name: vc
                    address: 10.0.0.1
                    roles: [vcenter-server]
                    services:
                      vcenter-4-x-8443-tcp-client-pc-vcenter-servr: 9443
                      vcenter-4-x-8443-tcp-client-pc-vcenter-server: 70000
                      vsphere-replication-31031-tcp-esxi-host-vr-server: 31032
                      common-icmp-listed-listed: 7
                      platespin-8-1-3-2-5-10000-10025-tcp-source-machine-target-machine: 10000
                """,
                "6: endpoints[0].services.vcenter-4-x-8443-tcp-client-pc-vcenter-servr:"
                        + " 'vcenter-4-x-8443-tcp-client-pc-vcenter-servr': no rule of this id in"
                        + " the catalog; did you mean"
                        + " 'vcenter-4-x-8443-tcp-client-pc-vcenter-server'?",
                "7: endpoints[0].services.vcenter-4-x-8443-tcp-client-pc-vcenter-server: '70000':"
                        + " expected a whole number from 1 to 65535",
                "8: endpoints[0].services.vsphere-replication-31031-tcp-esxi-host-vr-server:"
                        + " 'vsphere-replication-31031-tcp-esxi-host-vr-server': this rule is"
                        + " served by vr-server, none of this endpoint's roles",
                "9: endpoints[0].services.common-icmp-listed-listed: 'common-icmp-listed-listed':"
                        + " this rule has no single port to move",
                "10: endpoints[0].services.platespin-8-1-3-2-5-10000-10025-tcp-source-machine-"
                        + "target-...: 'platespin-8-1-3-2-5-10000-10025-tcp-source-machine-target-"
                        + "machine': this rule has no single port to move");
    }

    @Test
    void policies() {
        faults(
                PARIS_LYON
                        + """
                policies:
                  - {name: a}
                  - {name: b, allow: {from: esx}, deny: {to: vc}}
                  - {name: c, deny: {}}
                  - {name: d, allow: [esx]}
                  - {name: e, allow: {from: [], services: []}}
                  - {name: f, allow: {from: vcenter-server, to: pari, services: [443, 443/TCP, 9-8/udp, 443/sctp]}}
                  - {name: g, allow: {from: 10.1.2.3/16}, until: 2027-02-30}
                  - {name: h, allow: {from: 10.0.0.0/33, to: 10.1}}
                """,
                "4: policies[0]: expected either allow or deny, with from, to or services in it",
                "5: policies[1]: expected either allow or deny, with from, to or services in it",
                "6: policies[2].deny: names neither from, to nor services, so it would be about"
                        + " every flow",
                "7: policies[3].allow: expected a mapping of keys and values",
                "8: policies[4].allow.from: is empty; leave from out to mean any",
                "8: policies[4].allow.services: is empty; leave services out to mean any",
                "9: policies[5].allow.from: 'vcenter-server': is a role; expected an endpoint, a"
                        + " site or a prefix",
                "9: policies[5].allow.to: 'pari': no endpoint or site of this name, and no prefix;"
                        + " did you mean 'paris'?",
                "9: policies[5].allow.services[0]: '443': expected port/transport, e.g. 902/udp,"
                        + " 8000-8010/tcp, or icmp",
                "9: policies[5].allow.services[1]: '443/TCP': expected port/transport, e.g."
                        + " 902/udp, 8000-8010/tcp, or icmp; did you mean '443/tcp'?",
                "9: policies[5].allow.services[2]: '9-8/udp': expected port/transport, e.g."
                        + " 902/udp, 8000-8010/tcp, or icmp",
                "9: policies[5].allow.services[3]: '443/sctp': expected port/transport, e.g."
                        + " 902/udp, 8000-8010/tcp, or icmp",
                "10: policies[6].allow.from: '10.1.2.3/16': the address has bits beyond its"
                        + " length; the prefix is 10.1.0.0/16; did you mean '10.1.0.0/16'?",
                "10: policies[6].until: '2027-02-30': expected a day, e.g. 2027-06-30, the last on"
                        + " which it holds (UTC)",
                "11: policies[7].allow.from: '10.0.0.0/33': expected an address or a prefix, e.g."
                        + " 10.1.0.0/16",
                "11: policies[7].allow.to: '10.1': expected an address or a prefix, e.g."
                        + " 10.1.0.0/16");
    }

    @Test
    void links() {
        faults(
                PARIS_LYON
                        + """
                links:
                  - {}
                  - {name: a, kind: heartbeet, from: esx, to: vcc, service: 902}
                  - {name: b, kind: heartbeat, from: esx, to: vc, service: 902/udp, rpo: 15m}
                  - {name: c, kind: replication, from: esx, to: vc, service: icmp}
                  - {name: d, kind: backup, from: esx, to: vc, service: 902/tcp, misses: 2}
                  - {name: a, kind: migration, from: paris, to: lyon, service: 8000/tcp, days: [mon]}
                  - {name: e, kind: presence, from: esx, to: vc, service: icmp, every: 10, misses: 0, each: [10.2.0.1, 10.1.10.1, 10.1.20.2, esx]}
                  - {name: f, kind: replication, from: esx, to: vc, service: 1/tcp, rpo: -1m, min-bytes: 10Gb, or-reverse: maybe, sources: [netflw/x]}
                """,
                "4: links[0].name: is missing",
                "4: links[0].kind: is missing",
                "4: links[0].from: is missing",
                "4: links[0].to: is missing",
                "4: links[0].service: is missing",
                "5: links[1].kind: 'heartbeet': expected backup, heartbeat, migration, presence,"
                        + " replication; did you mean 'heartbeat'?",
                "5: links[1].to: 'vcc': no endpoint or site of this name, and no prefix; did you"
                        + " mean 'vc'?",
                "5: links[1].service: '902': expected port/transport, e.g. 902/udp, 8000-8010/tcp,"
                        + " or icmp",
                "6: links[2].every: is missing",
                "6: links[2].rpo: '15m': has no meaning for a link of kind heartbeat",
                "7: links[3].rpo: is missing",
                "8: links[4].window: is missing",
                "8: links[4].misses: '2': has no meaning for a link of kind backup",
                "9: links[5].name: 'a': this name stands on line 5 too",
                "9: links[5].days: has no meaning for a link of kind migration",
                "10: links[6].each[0]: '10.2.0.1': lies neither in esx nor in vc",
                "10: links[6].each[3]: 'esx': expected an address or a prefix, e.g. 10.1.0.0/16",
                "10: links[6].every: '10': expected a duration in s, m, h or d, e.g. 15m",
                "10: links[6].misses: '0': expected a whole number from 1 to 10000",
                "11: links[7].or-reverse: 'maybe': expected true or false",
                "11: links[7].sources[0]: 'netflw/x': a source begins with netflow/, sflow/, aws/,"
                        + " azure/, gcp/; did you mean 'netflow/x'?",
                "11: links[7].rpo: '-1m': expected a duration in s, m, h or d, e.g. 15m",
                "11: links[7].min-bytes: '10Gb': expected a size, e.g. 10GB or 10GiB");
    }

    @Test
    void windows() {
        faults(
                PARIS_LYON
                        + """
                links:
                  - {name: a, kind: backup, from: esx, to: vc, service: 902/tcp, window: {}}
                  - {name: b, kind: backup, from: esx, to: vc, service: 902/tcp, days: [mo, tue, tue], window: {start: 25:00, end: "4:00", zone: Europe/Pariis}}
                  - {name: c, kind: backup, from: esx, to: vc, service: 902/tcp, window: {start: "22:00", start-by: "04:30", end: "04:00", zone: UTC}}
                  - {name: d, kind: backup, from: esx, to: vc, service: 902/tcp, window: {start: "22:00", end: "22:00", zone: +01:00}}
                  - {name: e, kind: backup, from: esx, to: vc, service: 902/tcp, window: 22:00-04:00}
                """,
                "4: links[0].window.start: is missing",
                "4: links[0].window.end: is missing",
                "4: links[0].window.zone: is missing",
                "5: links[1].days[0]: 'mo': expected mon, tue, wed, thu, fri, sat or sun; did you"
                        + " mean 'mon'?",
                "5: links[1].days[2]: 'tue': stands twice",
                "5: links[1].window.start: '25:00': expected a time of day, \"00:00\" to"
                        + " \"23:59\"",
                "5: links[1].window.end: '4:00': expected a time of day, \"00:00\" to \"23:59\"",
                "5: links[1].window.zone: 'Europe/Pariis': no such time zone; did you mean"
                        + " 'Europe/Paris'?",
                "6: links[2].window.start-by: '04:30': lies outside the window",
                "7: links[3].window.end: '22:00': a window ends at another time than it starts",
                "8: links[4].window: '22:00-04:00': expected a mapping of keys and values");
    }

    @Test
    void maintenance() {
        faults(
                PARIS_LYON
                        + """
                maintenance:
                  - {name: a}
                  - {name: b, from: 2026-12-01T03:00:00Z, to: 2026-12-01T01:00:00Z, match: {site: lion, endpoint: [esy], link: nightly}}
                  - {name: c, from: 2026-12-01, to: tomorrow, kinds: [flows, BACKUP_LOST, backup]}
                  - {name: d, every: {days: [sun], start: "01:00", end: "03:00", zone: UTC}, from: 2026-12-01T03:00:00Z}
                  - {name: e, every: 7d}
                """,
                "4: maintenance[0].from: is missing",
                "4: maintenance[0].to: is missing",
                "5: maintenance[1].to: '2026-12-01T01:00:00Z': ends before it starts",
                "5: maintenance[1].match.site: 'lion': no site of this name; did you mean 'lyon'?",
                "5: maintenance[1].match.endpoint[0]: 'esy': no endpoint of this name; did you"
                        + " mean 'esx'?",
                "5: maintenance[1].match.link: 'nightly': no link of this name",
                "6: maintenance[2].from: '2026-12-01': expected an instant, e.g."
                        + " 2026-12-01T01:00:00Z",
                "6: maintenance[2].to: 'tomorrow': expected an instant, e.g. 2026-12-01T01:00:00Z",
                "6: maintenance[2].kinds[0]: 'flows': no such class or kind of alert; did you mean"
                        + " 'flow'?",
                "6: maintenance[2].kinds[1]: 'BACKUP_LOST': no such class or kind of alert; did"
                        + " you mean 'BACKUP_LATE'?",
                "7: maintenance[3].from: '2026-12-01T03:00:00Z': stands beside every; a"
                        + " maintenance is once or recurring",
                "8: maintenance[4].every: '7d': expected a mapping of keys and values");
    }

    @Test
    void capacity() {
        faults(
                PARIS_LYON
                        + """
                capacity:
                  - {from: paris, to: lyon, bandwidth: 1Gbps}
                  - {from: paris, to: lyon, bandwidth: 1GB, warn-at: 101%}
                  - {from: paris, to: paris, bandwidth: 0Mbps, warn-at: 0.8}
                  - {from: esx}
                """,
                "5: capacity[1].bandwidth: '1GB': expected a bit rate, e.g. 1Gbps",
                "5: capacity[1].warn-at: '101%': expected a percentage, e.g. 80%",
                "5: capacity[1]: this direction stands on line 4 too",
                "6: capacity[2].bandwidth: '0Mbps': expected a bit rate, e.g. 1Gbps",
                "6: capacity[2].warn-at: '0.8': expected a percentage, e.g. 80%",
                "6: capacity[2].to: 'paris': is where it starts",
                "7: capacity[3].from: 'esx': no site of this name",
                "7: capacity[3].to: is missing",
                "7: capacity[3].bandwidth: is missing");
    }

    @Test
    void sources() {
        faults(
                PARIS_LYON
                        + """
                sources:
                  - {match: "aws/*", reporting-delay: 15 minutes, usage: referense, side: esx}
                  - {match: "aws/*", sampling: 0}
                  - {match: netflow/}
                  - {match: nfdump/1}
                  - {side: paris}
                """,
                "4: sources[0].reporting-delay: '15 minutes': expected a duration in s, m, h or d,"
                        + " e.g. 15m",
                "4: sources[0].usage: 'referense': expected reference; did you mean 'reference'?",
                "4: sources[0].side: 'esx': no site of this name",
                "5: sources[1].match: 'aws/*': this pattern stands on line 4 too",
                "5: sources[1].sampling: '0': expected a whole number from 1 to 2147483647",
                "6: sources[2].match: 'netflow/': expected a source or a pattern, e.g."
                        + " netflow/10.1.255.1/* or aws/*",
                "7: sources[3].match: 'nfdump/1': a source begins with netflow/, sflow/, aws/,"
                        + " azure/, gcp/",
                "8: sources[4].match: is missing");
    }

    @Test
    void allFaultsOfAFileComeAtOnceInItsOrder() {
        faults(
                """
                links:
                  - {name: a, kind: migration, from: moon, to: s, service: 8000/tcp}
                policies:
                  - {name: p, deny: {from: y}}
                endpoints:
                  - {name: e, address: 10.0.0.300}
                sites:
                  - {name: s, networks: [10.0.0.0/7]}
                """,
                "2: links[0].from: 'moon': no endpoint or site of this name, and no prefix",
                "4: policies[0].deny.from: 'y': no endpoint or site of this name, and no prefix",
                "6: endpoints[0].address: '10.0.0.300': expected an address or a prefix, e.g."
                        + " 10.1.0.0/16");
    }

    private static void faults(String text, String... expected) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var refused =
                assertThrows(FaultyInput.class, () -> EstateFile.parse("e.yaml", content, CATALOG));
        String found = refused.faults().stream().map(Fault::text).collect(Collectors.joining("\n"));
        String wanted =
                List.of(expected).stream()
                        .map(line -> "e.yaml:" + line)
                        .collect(Collectors.joining("\n"));
        assertEquals(wanted, found);
    }
}
