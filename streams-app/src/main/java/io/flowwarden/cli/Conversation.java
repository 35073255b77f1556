package io.flowwarden.cli;

import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;

/** Who talks to whom about what; both directions are the same conversation. */
record Conversation(String client, String server, Integer port, String transport) {
    static Conversation of(JudgedFlow judged) {
        Flow flow = judged.getFlow();
        String client = judged.getClient() == null ? flow.getSrc() : judged.getClient();
        String server = judged.getServer() == null ? flow.getDst() : judged.getServer();
        return new Conversation(client, server, judged.getServicePort(), flow.getTransport());
    }

    /** {@code 10.1.10.11 > 10.2.20.5:31031/tcp}. */
    String text() {
        return (client == null ? "-" : client)
                + " > "
                + FlowLine.endpoint(server, port)
                + (transport == null ? "" : "/" + transport);
    }
}
