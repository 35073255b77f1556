package io.flowwarden.udp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Datagrams that the kernel threw away because a socket's buffer was full: the last column of
 * /proc/net/udp and udp6 (Linux, net/ipv4/udp.c, udp4_format_sock), each socket found by its inode.
 * The JDK does not offer SO_RXQ_OVFL, which would tell the same.
 */
final class KernelDrops {
    private static final List<Path> TABLES =
            List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String SOCKET = "socket:[";
    private static final int LOCAL = 1;
    private static final int INODE = 9;
    private static final int DROPS = 12;

    private final List<Path> tables;
    private final Set<String> inodes;

    KernelDrops(List<Path> tables, Set<String> inodes) {
        this.tables = tables;
        this.inodes = inodes;
    }

    /** Those of this process's sockets at these ports. */
    static KernelDrops of(Set<Integer> ports) {
        var inodes = new HashSet<String>();
        Set<String> own = ownSockets();
        for (Path table : TABLES) {
            for (String[] row : rows(table)) {
                int port = Integer.parseInt(row[LOCAL].substring(row[LOCAL].indexOf(':') + 1), 16);
                if (ports.contains(port) && own.contains(row[INODE])) {
                    inodes.add(row[INODE]);
                }
            }
        }
        return new KernelDrops(TABLES, inodes);
    }

    /** Since the sockets were opened; empty where the system does not tell, or they are closed. */
    OptionalLong count() {
        long sum = 0;
        boolean found = false;
        for (Path table : tables) {
            for (String[] row : rows(table)) {
                if (inodes.contains(row[INODE])) {
                    sum += Long.parseLong(row[DROPS]);
                    found = true;
                }
            }
        }
        return found ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private static List<String[]> rows(Path table) {
        try {
            return Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> line.trim().split(" +"))
                    .filter(row -> row.length > DROPS)
                    .toList();
        } catch (IOException notLinux) {
            return List.of();
        }
    }

    private static Set<String> ownSockets() {
        var sockets = new HashSet<String>();
        try (var descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith(SOCKET)) {
                    sockets.add(target.substring(SOCKET.length(), target.length() - 1));
                }
            }
        } catch (IOException notLinux) {
            return Set.of();
        }
        return sockets;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
