package io.flowwarden.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelDropsTest {
    private static final String TABLE =
            """
               sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
             1234: 0100007F:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 111 2 0000000000000000 7
             1235: 0100007F:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 222 2 0000000000000000 5
             1236: 0100007F:0808 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 333 2 0000000000000000 9
            """;

    @Test
    void dropsOfOurSocketsAreAddedUp(@TempDir Path folder) throws Exception {
        Path table = Files.writeString(folder.resolve("udp"), TABLE);
        var tables = List.of(table, folder.resolve("missing"));
        assertEquals(OptionalLong.of(12), new KernelDrops(tables, Set.of("111", "222")).count());
        assertEquals(OptionalLong.empty(), new KernelDrops(tables, Set.of("444")).count());
    }

    @Test
    void aSocketThatNobodyEmptiesShowsItsDrops() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/net/udp")), "the system has no /proc/net/udp");
        try (var idle = DatagramChannel.open();
                var sender = DatagramChannel.open()) {
            idle.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            idle.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var address = (InetSocketAddress) idle.getLocalAddress();
            var drops = KernelDrops.of(Set.of(address.getPort()));
            assertEquals(OptionalLong.of(0), drops.count());
            for (int i = 0; i < 100; i++) {
                sender.send(ByteBuffer.allocate(1000), address);
            }
            assertTrue(drops.count().orElse(0) > 50, drops.count().toString());
        }
    }
}
