package io.flowwarden.decode.netflow;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static io.flowwarden.decode.ExportBytes.v9;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.ExportBytes;
import io.flowwarden.decode.Exporter;
import io.flowwarden.decode.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No datagram stops the decoder, and each that is not used says why. */
class HostileDatagramTest {
    private final Exporter exporter = new Exporter();

    private static DecodeReport.Part only(DecodeReport report) {
        assertEquals(1, report.rejectedParts(), () -> report.parts().toString());
        return report.parts().get(0);
    }

    @Test
    void unknownVersionsAreRejected() {
        DecodeReport report = exporter.send(raw().u16(99).zeros(30).get());
        assertEquals(Reason.UNKNOWN_VERSION, report.rejected());
        assertEquals("version 99, known are 5, 9 and 10", report.detail());
    }

    @Test
    void aTemplateWithoutLengthIsRefusedAndItsDataSkipped() {
        byte[] empty = set(0, template(256, 0, 0, 1, 0));
        DecodeReport report = exporter.send(v9(0, empty, set(256, new byte[40])));
        assertEquals(0, exporter.batch.size());
        assertEquals(Reason.EMPTY_TEMPLATE, only(report).reason());
        assertEquals(1, report.skippedSets());
        assertEquals(Reason.EMPTY_TEMPLATE, exporter.send(v9(0, set(0, template(257)))).rejected());
    }

    @Test
    void aTemplateThatBecomesUnreadableNoLongerReadsData() {
        exporter.send(v9(0, set(0, template(256, 7, 2))));
        exporter.send(v9(0, set(0, template(256, 7, 0))));
        assertEquals(1, exporter.send(v9(0, set(256, new byte[4]))).skippedSets());
    }

    @Test
    void moreFieldsThanTheSetHoldsAreRefused() {
        byte[] lie = set(2, raw().u16(256).u16(1000).u16(7).u16(2).get());
        DecodeReport report = exporter.send(ipfix(0, lie));
        assertEquals(Reason.BAD_TEMPLATE, report.rejected());
        assertEquals("template 256 wants 1000 fields, 1 fit, at byte 20", report.detail());
    }

    @Test
    void aTemplateIdBelow256IsRefused() {
        DecodeReport report = exporter.send(v9(0, set(0, template(8, 7, 2))));
        assertEquals(Reason.BAD_TEMPLATE, report.rejected());
        assertTrue(report.detail().contains("template id 8"), report.detail());
    }

    @Test
    void scopeAndOptionLengthsThatLieAreReported() {
        byte[] odd = raw().u16(256).u16(6).u16(4).u16(1).u16(4).u16(34).u16(4).get();
        DecodeReport report = exporter.send(v9(0, set(1, odd)));
        assertEquals(1, report.templates());
        assertTrue(only(report).detail().contains("not multiples of 4"), only(report)::detail);
        byte[] beyond = set(1, raw().u16(256).u16(4).u16(4_000).u16(1).u16(4).get());
        assertEquals(Reason.BAD_TEMPLATE, exporter.send(v9(0, beyond)).rejected());
        byte[] scopes = set(3, raw().u16(256).u16(1).u16(9).u16(160).u16(8).get());
        assertEquals(Reason.BAD_TEMPLATE, exporter.send(ipfix(0, scopes)).rejected());
    }

    @Test
    void aKnownFieldOfImpossibleLengthIsSkippedAndSaidOnce() {
        byte[] templates = set(0, template(256, 4, 50, 7, 2));
        DecodeReport report = exporter.send(v9(0, templates));
        assertEquals(Reason.BAD_FIELD_LENGTH, only(report).reason());
        assertTrue(only(report).detail().contains("protocolIdentifier has 50 bytes"));
        var flow = exporter.flow(v9(0, templates, set(256, raw().zeros(50).u16(443).get())));
        assertEquals(443, flow.getSrcPort());
        assertNull(flow.getProtocol());
        assertEquals(0, exporter.send(v9(0, templates)).rejectedParts());
    }

    @Test
    void aRecordThatFitsNoDatagramIsRefused() {
        DecodeReport report = exporter.send(v9(0, set(0, template(256, 4, 65_534, 7, 65_534))));
        assertEquals(Reason.BAD_TEMPLATE, report.rejected());
    }

    @Test
    void anIpfixFieldLargerThanAnyDatagramReadsNothing() {
        byte[] templates = set(2, template(256, 4, 65_534, 7, 2));
        assertEquals(Reason.BAD_FIELD_LENGTH, only(exporter.send(ipfix(0, templates))).reason());
        DecodeReport report = exporter.send(ipfix(0, set(256, raw().u32(-1).get())));
        assertEquals(0, exporter.batch.size());
        assertEquals(Reason.BAD_LENGTH, report.rejected());
    }

    @Test
    void addressesOfOtherSizesAreSkipped() {
        byte[] templates = set(0, template(256, 8, 3, 12, 2, 27, 15, 28, 17, 7, 2));
        assertEquals(4, exporter.send(v9(0, templates)).rejectedParts());
        var flow = exporter.flow(v9(0, set(256, raw().zeros(37).u16(443).get())));
        assertNull(flow.getSrc());
        assertNull(flow.getDst());
        assertEquals(443, flow.getSrcPort());
    }

    @Test
    void aTemplateOfMoreFieldsThanTheLimitIsRefused() {
        int most = DecodeLimits.DEFAULTS.templateFields();
        assertEquals(1, exporter.send(v9(0, set(0, template(256, fields(most))))).templates());
        DecodeReport report = exporter.send(v9(0, set(0, template(257, fields(most + 1)))));
        assertEquals(Reason.BAD_TEMPLATE, report.rejected());
    }

    private static int[] fields(int count) {
        var fields = new int[2 * count];
        Arrays.fill(fields, 1);
        return fields;
    }

    @Test
    void aSetLengthBelowItsHeaderEndsTheWalk() {
        DecodeReport report = exporter.send(v9(0, raw().u16(0).u16(0).zeros(8).get()));
        assertEquals(Reason.BAD_LENGTH, report.rejected());
        assertEquals("set 0 has length 0, its header takes 4, at byte 20", report.detail());
    }

    @Test
    void aSetBeyondTheDatagramGivesWhatFits() {
        exporter.send(v9(0, set(0, template(256, 7, 2, 11, 2))));
        byte[] whole = v9(0, set(256, raw().u16(1).u16(2).u16(3).u16(4).get()));
        DecodeReport report = exporter.send(Arrays.copyOf(whole, whole.length - 3));
        assertEquals(1, exporter.batch.size());
        assertEquals(Reason.TRUNCATED, report.parts().get(0).reason());
        assertEquals(20, report.parts().get(0).at());
    }

    @Test
    void oneBadSetDoesNotCostTheOthers() {
        exporter.send(v9(0, set(0, template(256, 7, 2, 11, 2))));
        byte[] good = set(256, raw().u16(1).u16(2).get());
        byte[] bad = set(0, raw().u16(8).u16(1).u16(1).u16(4).get());
        DecodeReport report = exporter.send(v9(0, good, bad, good));
        assertNull(report.rejected());
        assertEquals(2, exporter.batch.size());
        assertEquals(Reason.BAD_TEMPLATE, only(report).reason());
    }

    @Test
    void reservedSetsAreSkippedAndCounted() {
        DecodeReport report = exporter.send(ipfix(0, set(5, new byte[8])));
        assertNull(report.rejected());
        assertEquals(1, report.reservedSets());
        assertEquals(8, report.reservedBytes());
    }

    @Test
    void anIpfixLengthThatLiesIsReported() {
        byte[] message = ipfix(0, set(2, template(256, 7, 2)));
        message[2] = 0x27;
        message[3] = 0x0f;
        DecodeReport report = exporter.send(message);
        assertNull(report.rejected());
        assertEquals(Reason.TRUNCATED, only(report).reason());
        message[2] = 0;
        message[3] = 15;
        assertEquals(Reason.BAD_LENGTH, exporter.send(message).rejected());
        byte[] followed = Arrays.copyOf(ipfix(0, set(2, template(257, 7, 2))), 40);
        assertEquals(Reason.TRAILING_BYTES, only(exporter.send(followed)).reason());
    }

    @Test
    void bytesLeftInASetAreReported() {
        exporter.send(v9(0, set(0, template(256, 1, 8))));
        DecodeReport report = exporter.send(v9(0, set(256, raw().u64(1).u32(-1).get())));
        assertEquals(1, exporter.batch.size());
        assertEquals(Reason.BAD_LENGTH, only(report).reason());
    }

    @Test
    void recordsOfOneByteDoNotAmplify() {
        exporter.send(v9(0, set(0, template(256, 4, 1))));
        DecodeReport report = exporter.send(v9(0, set(256, new byte[65_000])));
        assertEquals(DecodeLimits.DEFAULTS.flowsPerDatagram(), exporter.batch.size());
        assertEquals(Reason.RECORD_LIMIT, only(report).reason());
    }

    @Test
    void hundredsOfEmptyFieldsDoNotAmplify() {
        int[] fields = new int[2 * 1_000];
        fields[0] = 82;
        fields[1] = 65_535;
        exporter.send(ipfix(0, set(2, template(256, fields))));
        exporter.send(ipfix(0, set(256, new byte[65_000])));
        assertEquals(DecodeLimits.DEFAULTS.flowsPerDatagram(), exporter.batch.size());
    }

    @Test
    void complaintsAboutOneDatagramAreBounded() {
        var sets = new ArrayList<byte[]>();
        sets.add(set(0, template(257, 7, 2)));
        for (int i = 0; i < 1_000; i++) {
            sets.add(set(0, template(256)));
        }
        DecodeReport report = exporter.send(v9(0, sets.toArray(byte[][]::new)));
        assertTrue(report.rejectedParts() >= 1_000);
        assertTrue(report.parts().size() <= 100);
    }

    /** One of everything: templates of both kinds, fixed and variable records, options, padding. */
    private static List<byte[]> samples() {
        byte[] fixed =
                template(256, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1, 1, 4, 2, 4, 22, 4, 21, 4);
        byte[] records =
                raw().zeros(30).ip("10.0.0.1").ip("10.0.0.2").u16(1).u16(2).zeros(18).get();
        byte[] v9options = raw().u16(300).u16(4).u16(4).u16(1).u16(4).u16(34).u16(4).get();
        byte[] options = raw().u16(300).u16(2).u16(1).u16(149).u16(4).u16(160).u16(8).get();
        byte[] variable =
                template(257, 7, 2, 96, 65_535, 315, 65_535, 27, 16, 28, 16, 139, 2, 4, 1);
        byte[] texts = raw().u16(1).u8(4).text("http").u8(255).u16(20).zeros(20).zeros(35).get();
        byte[] v5 = raw().u16(5).u16(2).zeros(20).zeros(96).get();
        return List.of(
                v5,
                v9(
                        0,
                        set(0, fixed),
                        set(1, v9options, new byte[2]),
                        set(256, records),
                        set(300, new byte[8])),
                ipfix(
                        0,
                        set(2, fixed, variable),
                        set(3, options, new byte[2]),
                        set(300, raw().u32(0).u64(1_699_999_000_000L).get()),
                        set(256, records),
                        set(257, texts, texts),
                        set(2, raw().u16(257).u16(0).get())));
    }

    @Test
    void cutAtEveryByteEveryDatagramHasAnAnswer() {
        for (byte[] sample : samples()) {
            for (byte[] cut : ExportBytes.prefixes(sample)) {
                sound(new Exporter(), cut);
            }
            exporter.send(sample);
            for (byte[] cut : ExportBytes.prefixes(sample)) {
                sound(exporter, cut);
            }
        }
    }

    @Test
    void changedAtRandomEveryDatagramHasAnAnswer() {
        var random = new Random(20261121);
        List<byte[]> samples = samples();
        var hostile = new Exporter();
        for (int i = 0; i < 150_000; i++) {
            if (i % 2_000 == 0) {
                hostile = new Exporter();
            }
            byte[] changed = samples.get(random.nextInt(samples.size())).clone();
            int changes = 1 + random.nextInt(6);
            for (int c = 0; c < changes; c++) {
                int at = random.nextInt(changed.length);
                changed[at] =
                        (byte)
                                switch (random.nextInt(4)) {
                                    case 0 -> random.nextInt(256);
                                    case 1 -> 0;
                                    case 2 -> 255;
                                    default -> changed[at] ^ 1 << random.nextInt(8);
                                };
            }
            if (random.nextInt(4) == 0) {
                changed = Arrays.copyOf(changed, random.nextInt(2 * changed.length));
            }
            sound(hostile, changed);
        }
    }

    @Test
    void bytesOfNoMeaningHaveAnAnswer() {
        var random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 2) {
                bytes[0] = 0;
                bytes[1] = (byte) List.of(5, 9, 10).get(random.nextInt(3)).intValue();
            }
            sound(exporter, bytes);
        }
    }

    private static void sound(Exporter from, byte[] datagram) {
        DecodeReport report = from.send(datagram);
        assertNotEquals(Reason.DECODER_FAULT, report.rejected(), report::detail);
        assertTrue(from.batch.size() <= DecodeLimits.DEFAULTS.flowsPerDatagram());
        if (report.rejected() != null) {
            assertEquals(0, from.batch.size());
            assertEquals(0, report.rejectedParts());
            assertTrue(report.detail() != null && !report.detail().isEmpty());
        }
    }
}
