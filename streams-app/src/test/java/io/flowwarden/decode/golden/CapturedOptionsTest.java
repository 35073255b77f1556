package io.flowwarden.decode.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Flow;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What real exporters say about themselves: rates, names, and where their sequences have gaps. */
class CapturedOptionsTest {
    private static Decoded decoded(String name) throws IOException {
        for (Captures.Case each : Captures.cases()) {
            if (each.name().equals(name)) {
                return Decoded.of(each);
            }
        }
        throw new AssertionError("no case " + name);
    }

    private static Set<Long> rates(Decoded of) {
        return of.flows.stream()
                .map(Flow::getSampling)
                .map(rate -> rate == null ? 0 : rate)
                .collect(Collectors.toSet());
    }

    private static Set<String> vrfs(Decoded of) {
        return of.flows.stream()
                .map(Flow::getVrf)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    @Test
    void ratesOfSamplersAndRecordsReachTheFlows() throws IOException {
        assertEquals(Set.of(30_000L), rates(decoded("akvorado/nfv9-options-sampling")));
        assertEquals(Set.of(2_048L), rates(decoded("akvorado/samplingrate")));
        assertEquals(
                Set.of(5_000L), rates(decoded("fluent-plugin-netflow/v9-template-data-sampler")));
        assertEquals(Set.of(1L), rates(decoded("logstash-codec-netflow/ipfix")));
        assertEquals(Set.of(1L), rates(decoded("pmacct/502-ipfix-ipv6-srv6")));
        assertEquals(Set.of(0L), rates(decoded("ipfixcol2/example-flows")));
    }

    @Test
    void vrfsHaveTheNamesThatOptionsGiveThem() throws IOException {
        assertTrue(vrfs(decoded("pmacct/403-ipfix-ipv6-vrf")).contains("A2"));
        assertTrue(vrfs(decoded("pmacct/500-ipfix-bgp-srv6")).contains("default"));
    }

    @Test
    void interfacesAndApplicationsHaveNames() throws IOException {
        var routers =
                decoded(
                        "logstash-codec-netflow/netflow-9-cisco-asr-9000-series-options-template-256");
        assertEquals("GigabitEthernet0_0_0_0", routers.labels.networkInterface(54));
        assertEquals("Te0/0/0", decoded("telegraf/netflow_v9_options").labels.networkInterface(1));
        var nbar = decoded("logstash-codec-netflow/netflow-9-cisco-nbar-options-template-260");
        assertEquals("egp", nbar.labels.application("1:8"));
    }

    /**
     * By the index seven captures have jumps; single datagrams that somebody picked have them, too.
     */
    @Test
    void capturesWithoutJumpsHaveNoLoss() throws IOException {
        Set<String> jumps =
                Set.of(
                        "akvorado/nfv9-options-sampling",
                        "akvorado/samplingrate",
                        "pmacct/102-nfv9-cisco-sampling",
                        "pmacct/106-ipfix-huawei-vrf-name",
                        "pmacct/500-ipfix-bgp-srv6",
                        "pmacct/403-ipfix-ipv6-vrf",
                        "scapy/ipfix");
        var found = new StringBuilder();
        for (Captures.Case each : Captures.cases()) {
            boolean captured =
                    each.inputs().size() == 1
                            && each.inputs().get(0).path().toString().endsWith(".pcap");
            if (captured && !each.malformed() && !jumps.contains(each.name())) {
                Decoded decoded = Decoded.of(each);
                if (decoded.lost + decoded.reordered + decoded.restarts > 0) {
                    found.append(each.name())
                            .append(" lost ")
                            .append(decoded.lost)
                            .append(" reordered ")
                            .append(decoded.reordered)
                            .append(" restarts ")
                            .append(decoded.restarts)
                            .append(System.lineSeparator());
                }
            }
        }
        assertEquals("", found.toString());
    }
}
