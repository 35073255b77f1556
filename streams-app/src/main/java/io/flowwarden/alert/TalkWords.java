package io.flowwarden.alert;

import io.flowwarden.schemas.Subject;
import io.flowwarden.schemas.Talk;
import java.util.List;

/** Conversations in words, and as the subject of an alert. */
final class TalkWords {
    private TalkWords() {}

    static String service(Talk talk) {
        return talk.getPort() == null
                ? talk.getTransport()
                : talk.getPort() + "/" + talk.getTransport();
    }

    /** {@code esx-paris (10.1.10.11, paris)} or the bare address. */
    static String client(Talk talk) {
        return side(talk.getClient(), talk.getClientName(), talk.getClientSite());
    }

    static String server(Talk talk) {
        return side(talk.getServer(), talk.getServerName(), talk.getServerSite());
    }

    private static String side(String address, String name, String site) {
        if (name == null) {
            return site == null ? address : address + " (" + site + ")";
        }
        return name + " (" + address + (site == null ? "" : ", " + site) + ")";
    }

    static void subject(Subject subject, Talk talk) {
        subject.setClient(talk.getClient());
        subject.setServer(talk.getServer());
        subject.setPort(talk.getPort());
        subject.setTransport(talk.getTransport());
        subject.setClientName(talk.getClientName());
        subject.setServerName(talk.getServerName());
        subject.setClientSite(talk.getClientSite());
        subject.setServerSite(talk.getServerSite());
        subject.setClientRoles(List.copyOf(talk.getClientRoles()));
        subject.setServerRoles(List.copyOf(talk.getServerRoles()));
    }
}
