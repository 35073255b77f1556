package io.flowwarden.lab;

import java.util.List;

/** What a firewall does to what it does not let pass. */
enum Block {
    /** Nobody hears of it. */
    DROP("DROP"),
    /** The server seems to refuse. */
    RESET("REJECT", "--reject-with", "tcp-reset"),
    /** The router says that it is forbidden: ICMP 3/13. */
    PROHIBITED("REJECT", "--reject-with", "icmp-admin-prohibited");

    private final List<String> target;

    Block(String... target) {
        this.target = List.of(target);
    }

    /** Arguments of iptables' {@code -j}. */
    List<String> target() {
        return target;
    }
}
