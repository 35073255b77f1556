package io.flowwarden.classify;

import java.util.List;

/**
 * Local law, asked before the catalog. Whom it is about is in {@link LocationClass}.
 *
 * @param number place in the order in which policies are asked
 * @param name its name in the estate
 * @param allow whether it allows or denies
 * @param services what it is about; empty is any service
 * @param lastEpoch last {@link Epochs epoch} in which it holds
 * @param because reason shown to the reader, or null
 */
record Policy(
        int number,
        String name,
        boolean allow,
        List<PortRange> services,
        int lastEpoch,
        String because) {
    String rule() {
        return "policy/" + name;
    }

    boolean covers(int service, int port) {
        return services.isEmpty()
                || services.stream().anyMatch(s -> s.service() == service && s.contains(port));
    }

    boolean holds(LocationClass client, LocationClass server, int service, int port, int epoch) {
        return epoch <= lastEpoch
                && client.policyClient().get(number)
                && server.policyServer().get(number)
                && covers(service, port);
    }
}
