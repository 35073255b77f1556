package io.flowwarden.input;

import static io.flowwarden.input.CaptureBytes.MILLIS;
import static io.flowwarden.input.CaptureBytes.concat;
import static io.flowwarden.input.CaptureBytes.enhancedPacket;
import static io.flowwarden.input.CaptureBytes.ethernet;
import static io.flowwarden.input.CaptureBytes.interfaceBlock;
import static io.flowwarden.input.CaptureBytes.ip4;
import static io.flowwarden.input.CaptureBytes.ip4Fragment;
import static io.flowwarden.input.CaptureBytes.ip6;
import static io.flowwarden.input.CaptureBytes.pcap;
import static io.flowwarden.input.CaptureBytes.section;
import static io.flowwarden.input.CaptureBytes.simplePacket;
import static io.flowwarden.input.CaptureBytes.udp;
import static io.flowwarden.input.CaptureBytes.v5;
import static io.flowwarden.input.CaptureBytes.v9;
import static io.flowwarden.input.CaptureBytes.vlan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CaptureReadingTest {
    private static final byte[] DATAGRAM = v5(1, 0x0102);
    private static final byte[] PACKET = ip4(udp(2055, DATAGRAM));

    @Test
    void everyByteOrderAndResolutionGivesTheSameRecord() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (boolean nanoseconds : new boolean[] {false, true}) {
                assertOneRecord(
                        Reading.of(pcap(order, nanoseconds, 1, List.of(ethernet(0x0800, PACKET)))));
            }
        }
    }

    @Test
    void everyLinkTypeGivesTheSameRecord() throws IOException {
        var behind =
                Map.of(
                        0, concat(new byte[] {2, 0, 0, 0}, PACKET),
                        108, concat(new byte[] {0, 0, 0, 2}, PACKET),
                        1, vlan(PACKET),
                        101, PACKET,
                        12, PACKET,
                        228, PACKET,
                        113, concat(new byte[14], new byte[] {8, 0}, PACKET),
                        276, concat(new byte[] {8, 0}, new byte[18], PACKET));
        for (var link : behind.entrySet()) {
            assertOneRecord(Reading.of(pcap(link.getKey(), link.getValue())));
        }
    }

    @Test
    void ethernetPaddingIsNoPartOfTheDatagram() throws IOException {
        assertOneRecord(Reading.of(pcap(1, ethernet(0x0800, concat(PACKET, new byte[9])))));
    }

    @Test
    void extensionHeadersOfIpv6AreSteppedOver() throws IOException {
        byte[] hopByHop = {60, 0, 0, 0, 0, 0, 0, 0};
        byte[] destination = {17, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] packet = ip6(0, concat(hopByHop, destination, udp(9999, DATAGRAM)));
        Reading reading = Reading.of(pcap(1, ethernet(0x86dd, packet)));
        assertEquals(List.of("netflow/2001:db8::1/258"), reading.sources());
    }

    @Test
    void fragmentsComeTogetherInAnyOrder() throws IOException {
        byte[] whole = udp(2055, DATAGRAM);
        byte[] first = ip4Fragment(Arrays.copyOf(whole, 48), 7, 0, true);
        byte[] last = ip4Fragment(Arrays.copyOfRange(whole, 48, whole.length), 7, 48, false);
        assertOneRecord(Reading.of(pcap(101, first, last)));
        assertOneRecord(Reading.of(pcap(101, last, first)));
    }

    @Test
    void fragmentsOfIpv6ComeTogether() throws IOException {
        byte[] whole = udp(2055, DATAGRAM);
        byte[] first = {17, 0, 0, 1, 0, 0, 0, 9};
        byte[] last = {17, 0, 0, 48, 0, 0, 0, 9};
        Reading reading =
                Reading.of(
                        pcap(
                                101,
                                ip6(44, concat(first, Arrays.copyOf(whole, 48))),
                                ip6(44, concat(last, Arrays.copyOfRange(whole, 48, 80)))));
        assertEquals(List.of("netflow/2001:db8::1/258"), reading.sources());
        assertArrayEquals(DATAGRAM, reading.records().get(0).value());
    }

    @Test
    void fragmentsWithoutTheirRestAreCountedAndBounded() throws IOException {
        byte[][] packets = new byte[200][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = ip4Fragment(new byte[64], i, 0, true);
        }
        Reading reading = Reading.of(pcap(101, packets));
        assertEquals(200L, reading.tally().skipped().get(SkipReason.INCOMPLETE_FRAGMENTS));
    }

    @Test
    void exportIsToldByContentOnAnyPortAndTheRestIsCounted() throws IOException {
        byte[] query = udp(53, new byte[] {0, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 'w', 'w', 'w'});
        byte[] sflow = udp(6343, concat(new byte[] {0, 0, 0, 5, 0, 0, 0, 1}, new byte[24]));
        Reading reading =
                Reading.of(
                        pcap(
                                101,
                                ip4(udp(31234, v9(77, 8))),
                                ip4(query),
                                ip4(sflow),
                                new byte[] {1, 2, 3}));
        assertEquals(List.of("netflow/10.1.0.1/77", "sflow/0.0.0.0/0"), reading.sources());
        assertEquals(
                Map.of(SkipReason.NOT_EXPORT, 1L, SkipReason.NOT_UDP, 1L),
                reading.tally().skipped());
    }

    @Test
    void damagedDatagramOfAKnownExporterIsLeftToTheDecoder() throws IOException {
        byte[] cut = Arrays.copyOf(DATAGRAM, 30);
        Reading reading = Reading.of(pcap(101, ip4(udp(12345, DATAGRAM)), ip4(udp(12345, cut))));
        assertEquals(2, reading.records().size());
        assertArrayEquals(cut, reading.records().get(1).value());
    }

    @Test
    void captureWithoutExportIsAnError() throws IOException {
        Reading reading = Reading.of(pcap(101, ip4(udp(53, new byte[40]))));
        assertEquals(0, reading.records().size());
        assertEquals(
                List.of("-: whole file: a capture without NetFlow, IPFIX or sFlow datagrams"),
                reading.damage());
    }

    @Test
    void pcapCutAtAnyByteGivesWhatIsBeforeTheCutAndNamesThePlace() throws IOException {
        byte[] packet = ethernet(0x0800, PACKET);
        byte[] whole = pcap(1, packet, packet, packet);
        int each = 16 + packet.length;
        for (int cut = 0; cut <= whole.length; cut++) {
            Reading reading = Reading.of(Arrays.copyOf(whole, cut));
            int expected = cut < 24 ? 0 : (cut - 24) / each;
            assertEquals(expected, reading.records().size(), "cut at " + cut);
            boolean clean = cut > 24 && (cut - 24) % each == 0;
            assertEquals(clean ? 0 : 1, reading.tally().damages().size(), "cut at " + cut);
        }
    }

    @Test
    void pcapngCutAtAnyByteGivesWhatIsBeforeTheCutAndNamesThePlace() throws IOException {
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        byte[] head = concat(section(order), interfaceBlock(order, 101, -1));
        byte[] block = enhancedPacket(order, 0, MILLIS * 1000, PACKET);
        byte[] whole = concat(head, block, block);
        for (int cut = 0; cut <= whole.length; cut++) {
            Reading reading = Reading.of(Arrays.copyOf(whole, cut));
            int expected = cut < head.length ? 0 : (cut - head.length) / block.length;
            assertEquals(expected, reading.records().size(), "cut at " + cut);
            boolean clean = cut > head.length && (cut - head.length) % block.length == 0;
            assertEquals(clean ? 0 : 1, reading.tally().damages().size(), "cut at " + cut);
        }
    }

    @Test
    void pcapngTimesFollowTheResolutionOfTheirInterface() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            byte[] capture =
                    concat(
                            section(order),
                            interfaceBlock(order, 101, -1),
                            interfaceBlock(order, 101, 9),
                            interfaceBlock(order, 101, 3),
                            interfaceBlock(order, 101, 0x80 | 10),
                            block(order),
                            enhancedPacket(order, 0, MILLIS * 1000, PACKET),
                            enhancedPacket(order, 1, MILLIS * 1_000_000, PACKET),
                            enhancedPacket(order, 2, MILLIS, PACKET),
                            enhancedPacket(order, 3, MILLIS / 1000 * 1024 + 512, PACKET),
                            simplePacket(order, PACKET));
            Reading reading = Reading.of(capture);
            assertEquals(List.of(), reading.damage());
            // The last two: half a second in units of 1/1024 s; none, so the exporter's own time.
            assertEquals(
                    List.of(MILLIS, MILLIS, MILLIS, MILLIS - 123 + 500, MILLIS),
                    reading.records().stream().map(r -> r.receivedAt()).toList());
        }
    }

    @Test
    void pcapngSectionsMayDifferInByteOrder() throws IOException {
        byte[] little =
                concat(
                        section(ByteOrder.LITTLE_ENDIAN),
                        interfaceBlock(ByteOrder.LITTLE_ENDIAN, 101, -1),
                        enhancedPacket(ByteOrder.LITTLE_ENDIAN, 0, MILLIS * 1000, PACKET));
        byte[] big =
                concat(
                        section(ByteOrder.BIG_ENDIAN),
                        interfaceBlock(ByteOrder.BIG_ENDIAN, 101, -1),
                        enhancedPacket(ByteOrder.BIG_ENDIAN, 0, MILLIS * 1000, PACKET));
        assertEquals(2, Reading.of(concat(little, big)).records().size());
    }

    @Test
    void absurdLengthsAreDamageNotMemory() throws IOException {
        byte[] capture = pcap(101, PACKET);
        capture[24 + 11] = 0x7f;
        assertTrue(Reading.of(capture).damage().get(0).startsWith("-: offset 32: no packet has"));
    }

    private static byte[] block(ByteOrder order) {
        return CaptureBytes.block(order, 5, new byte[8]);
    }

    private static void assertOneRecord(Reading reading) {
        assertEquals(List.of(), reading.damage());
        assertEquals(1, reading.records().size());
        var raw = reading.records().get(0);
        assertEquals("netflow/10.1.0.1/258", raw.source());
        assertEquals("10.1.0.1", raw.exporter());
        assertEquals(MILLIS, raw.receivedAt());
        assertArrayEquals(DATAGRAM, raw.value());
    }
}
