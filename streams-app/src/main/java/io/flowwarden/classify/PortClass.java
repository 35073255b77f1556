package io.flowwarden.classify;

import java.util.List;

/**
 * Ports of one transport that no rule, policy or moved service tells apart.
 *
 * @param service transport
 * @param port one of them; what holds for it holds for all
 * @param rules rules whose printed range has them, loopback ones left out, in match order
 * @param catalog whether one of these makes the port "in the catalog"
 */
record PortClass(int service, int port, List<Rule> rules, boolean catalog) {
    private static final int RPC_MAPPER = 135;
    private static final int SMB = 445;

    /** Whether a dynamic port may be agreed on over it. */
    boolean agreesPorts() {
        return service != Service.ICMP && (port == RPC_MAPPER || port == SMB);
    }

    static int[] agreeing() {
        return new int[] {RPC_MAPPER, SMB};
    }
}
