package io.flowwarden.demo;

import io.flowwarden.net.Address;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A small NetFlow v9 exporter (RFC 3954): one template, sent with the first datagram and every
 * twentieth, as routers do.
 */
final class Netflow9 {
    private static final int TEMPLATE = 256;
    private static final int RECORDS_PER_DATAGRAM = 24;
    private static final int TEMPLATE_EVERY = 20;

    /** Field type, length. RFC 3954 section 8. */
    private static final int[][] FIELDS = {
        {8, 4}, {12, 4}, {7, 2}, {11, 2}, {4, 1}, {6, 1}, {1, 4}, {2, 4}, {22, 4}, {21, 4}, {10, 2},
        {14, 2}
    };

    private static final int RECORD = 34;
    private static final int HEADER = 20;

    private final int sourceId;
    private final long bootedAt;
    private int sequence;

    /**
     * @param bootedAt epoch ms; the router's uptime counts from there
     */
    Netflow9(int sourceId, long bootedAt) {
        this.sourceId = sourceId;
        this.bootedAt = bootedAt;
    }

    /** Records a datagram holds at most. */
    static int recordsPerDatagram() {
        return RECORDS_PER_DATAGRAM;
    }

    /**
     * One datagram.
     *
     * @param records at most {@link #recordsPerDatagram}
     * @param now epoch ms at which it leaves
     */
    byte[] datagram(List<Record> records, long now) {
        boolean withTemplate = sequence % TEMPLATE_EVERY == 0;
        int template = withTemplate ? 8 + 4 * FIELDS.length : 0;
        int data = 4 + RECORD * records.size() + 3 & ~3;
        ByteBuffer out = ByteBuffer.allocate(HEADER + template + data);
        out.putShort((short) 9)
                .putShort((short) (records.size() + (withTemplate ? 1 : 0)))
                .putInt((int) (now - bootedAt))
                .putInt((int) (now / 1000))
                .putInt(sequence++)
                .putInt(sourceId);
        if (withTemplate) {
            out.putShort((short) 0).putShort((short) template);
            out.putShort((short) TEMPLATE).putShort((short) FIELDS.length);
            for (int[] field : FIELDS) {
                out.putShort((short) field[0]).putShort((short) field[1]);
            }
        }
        out.putShort((short) TEMPLATE).putShort((short) data);
        for (Record record : records) {
            out.putInt(v4(record.src()))
                    .putInt(v4(record.dst()))
                    .putShort((short) record.srcPort())
                    .putShort((short) record.dstPort())
                    .put((byte) record.protocol())
                    .put((byte) record.flags())
                    .putInt((int) record.bytes())
                    .putInt((int) record.packets())
                    .putInt((int) (record.start() - bootedAt))
                    .putInt((int) (record.end() - bootedAt))
                    .putShort((short) 1)
                    .putShort((short) 2);
        }
        return out.array();
    }

    private static int v4(String address) {
        return (int) Address.parse(address)[1];
    }

    /** One flow record; times in epoch ms. */
    record Record(
            String src,
            String dst,
            int srcPort,
            int dstPort,
            int protocol,
            int flags,
            long bytes,
            long packets,
            long start,
            long end) {}
}
