package io.flowwarden.draft;

import io.flowwarden.flow.Transport;

/**
 * Services whose port says who its ends are. Chosen from the catalog: ports that hardly anything
 * else uses, or that do so in a pattern of their own (902/udp of many to one). 443, 22 and the like
 * suggest nothing.
 */
enum Service {
    REPLICATION(31031, Transport.TCP),
    ENCRYPTED_REPLICATION(32032, Transport.TCP),
    JETSTREAM_DATA(32877, Transport.TCP),
    APPLIANCE_PAIR(8043, Transport.TCP),
    REPLICATION_CONTROL(8123, Transport.TCP),
    HEARTBEAT(902, Transport.UDP),
    DISKS(902, Transport.TCP),
    ISCSI(3260, Transport.TCP),
    IO_FILTER(32873, Transport.TCP),
    JETSTREAM_CONTROL(32878, Transport.TCP),
    DATA_RECOVERY(22024, Transport.TCP);

    /** Linux opens connections from here upwards (net.ipv4.ip_local_port_range). */
    private static final int FIRST_EPHEMERAL = 32_768;

    private static final Service[] ALL = values();

    private final int port;
    private final int protocol;

    Service(int port, int protocol) {
        this.port = port;
        this.protocol = protocol;
    }

    /** The telling service of a port, or null. */
    static Service of(int protocol, long port) {
        for (Service service : ALL) {
            if (service.port == port && service.protocol == protocol) {
                return service;
            }
        }
        return null;
    }

    int port() {
        return port;
    }

    boolean isTcp() {
        return protocol == Transport.TCP;
    }

    /** Whether a client may have this port by chance. */
    boolean isEphemeral() {
        return port >= FIRST_EPHEMERAL;
    }

    /** Data of protected machines, to be there within a recovery point objective. */
    boolean isReplication() {
        return this == REPLICATION || this == ENCRYPTED_REPLICATION || this == JETSTREAM_DATA;
    }

    /** As an estate writes it. */
    String text() {
        return port + "/" + Transport.name(protocol);
    }
}
