package io.flowwarden.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTest {
    private static String canonical(String text) {
        long[] address = Address.parse(text);
        return address == null ? null : Address.text(address[0], address[1]);
    }

    @Test
    void textIsCanonical() {
        assertEquals("10.1.0.255", canonical("10.1.0.255"));
        assertEquals("::", canonical("0:0:0:0:0:0:0:0"));
        assertEquals("::1", canonical("::1"));
        assertEquals("2001:db8::", canonical("2001:DB8::"));
        // RFC 5952 section 4.2: one zero group is written out, of two runs the longer is cut, of
        // equal ones the first.
        assertEquals("2001:db8:0:1:1:1:1:1", canonical("2001:db8:0:1:1:1:1:1"));
        assertEquals("2001:0:0:1::1", canonical("2001:0:0:1:0:0:0:1"));
        assertEquals("2001:db8::1:0:0:1", canonical("2001:db8:0:0:1:0:0:1"));
        assertEquals("10.0.0.1", canonical("::ffff:10.0.0.1"));
        assertEquals("1:2:3:4:5:6:7:8", canonical("1:2:3:4:5:6:7:8"));
    }

    @Test
    void whatIsNoAddressIsRefused() {
        for (String text :
                List.of(
                        "",
                        "1",
                        "1.2.3",
                        "1.2.3.4.5",
                        "1.2.3.256",
                        "1.2.3.",
                        "01.2.3.4",
                        "1..2.3",
                        "a.b.c.d",
                        ":",
                        ":::",
                        "1:2",
                        "1::2::3",
                        "1:2:3:4:5:6:7:8:9",
                        "12345::",
                        "::g",
                        "1:2:3:4:5:6:7:",
                        "1.2.3.4::",
                        "-1.2.3.4",
                        "1:2:3:4:5:6:7::8")) {
            assertNull(Address.parse(text), text);
        }
    }

    @Test
    void everyAddressSurvivesTextAndAgreesWithTheJdk() throws Exception {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long hi = sparse(random);
            long lo = sparse(random);
            String text = Address.text(hi, lo);
            assertArrayEquals(new long[] {hi, lo}, Address.parse(text), text);
            var jdk =
                    InetAddress.getByAddress(
                            ByteBuffer.allocate(16).putLong(hi).putLong(lo).array());
            assertEquals(jdk, InetAddress.getByName(text), text);
        }
    }

    @Test
    void nonUnicastAddressesAreNoHosts() {
        for (String text :
                List.of(
                        "224.0.0.1",
                        "239.255.255.250",
                        "255.255.255.255",
                        "0.0.0.0",
                        "169.254.1.1",
                        "ff02::1",
                        "fe80::1",
                        "febf::1",
                        "::")) {
            long[] a = Address.parse(text);
            assertTrue(Address.isNonUnicast(a[0], a[1]), text);
        }
        for (String text :
                List.of(
                        "10.0.0.1",
                        "223.255.255.255",
                        "169.253.0.1",
                        "2001:db8::1",
                        "fec0::1",
                        "::1")) {
            long[] a = Address.parse(text);
            assertFalse(Address.isNonUnicast(a[0], a[1]), text);
        }
    }

    private static long sparse(Random random) {
        long value = random.nextLong();
        for (int g = 0; g < 4; g++) {
            if (random.nextBoolean()) {
                value &= ~(0xffffL << 16 * g);
            }
        }
        return value;
    }
}
