package io.flowwarden.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixTest {
    @Test
    void textSurvivesParsing() {
        for (String text :
                List.of("10.1.0.0/16", "0.0.0.0/0", "10.1.2.3", "2001:db8::/32", "::/0", "::1")) {
            assertEquals(text, Prefix.parse(text).text());
        }
        assertEquals("10.1.0.0/16", Prefix.parse("10.1.2.3/16").text());
        assertEquals("10.1.2.3", Prefix.parse("10.1.2.3/32").text());
    }

    @Test
    void hostBitsAreSeen() {
        assertTrue(Prefix.exact("10.1.0.0/16"));
        assertFalse(Prefix.exact("10.1.2.3/16"));
    }

    @Test
    void whatIsNoPrefixIsRefused() {
        for (String text :
                List.of(
                        "10.1.0.0/33",
                        "10.1.0/16",
                        "::/129",
                        "10.1.0.0/",
                        "10.1.0.0/a",
                        "/8",
                        "10.0.0.0/-1")) {
            assertNull(Prefix.parse(text), text);
        }
    }

    @Test
    void allOfIpv4IsNotAllOfIpv6() {
        Prefix v4 = Prefix.parse("0.0.0.0/0");
        long[] six = Address.parse("2001:db8::1");
        assertFalse(v4.contains(six[0], six[1]));
        assertTrue(v4.contains(0, Address.v4(0x0a000001)));
    }

    @Test
    void containsAgreesWithArithmetic() {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            int length = random.nextInt(129);
            Prefix prefix = Prefix.of(random.nextLong(), random.nextLong(), length);
            long hi = prefix.hi();
            long lo = prefix.lo();
            int flip = random.nextInt(128);
            if (flip < 64) {
                hi ^= 1L << 63 - flip;
            } else {
                lo ^= 1L << 127 - flip;
            }
            boolean same =
                    number(hi, lo)
                                    .xor(number(prefix.hi(), prefix.lo()))
                                    .shiftRight(128 - length)
                                    .signum()
                            == 0;
            assertEquals(same, prefix.contains(hi, lo), () -> prefix + " bit " + flip);
        }
    }

    private static BigInteger number(long hi, long lo) {
        return new BigInteger(1, ByteBuffer.allocate(16).putLong(hi).putLong(lo).array());
    }
}
