package io.flowwarden.draft;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.net.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Flows of a test, put in by conversation and read in order of time. */
final class Traffic {
    static final int TCP = 6;
    static final int UDP = 17;
    private static final int WHOLE_SESSION = 0x1b;

    private record Row(
            String exporter,
            String client,
            int clientPort,
            String server,
            int port,
            int protocol,
            long bytes,
            int flags,
            long start,
            long end) {}

    private final List<Row> rows = new ArrayList<>();
    private int ephemeral;

    static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    /** A session, both halves, from one exporter. */
    Traffic tcp(
            String exporter,
            String client,
            String server,
            int port,
            long bytes,
            long start,
            long end) {
        int own = 49_152 + ephemeral++ % 16_000;
        add(new Row(exporter, client, own, server, port, TCP, bytes, WHOLE_SESSION, start, end));
        add(
                new Row(
                        exporter,
                        server,
                        port,
                        client,
                        own,
                        TCP,
                        bytes / 50 + 200,
                        WHOLE_SESSION,
                        start + 3,
                        end));
        return this;
    }

    Traffic udp(String exporter, String client, String server, int port, long at) {
        int own = 49_152 + ephemeral++ % 16_000;
        return add(new Row(exporter, client, own, server, port, UDP, 128, 0, at, at));
    }

    /** SYN without an answer. */
    Traffic attempt(String exporter, String client, String server, int port, long at) {
        return add(new Row(exporter, client, 50_000, server, port, TCP, 180, 2, at, at));
    }

    private Traffic add(Row row) {
        rows.add(row);
        return this;
    }

    /** Hands over batches as they were exported, flows of one exporter that end together. */
    void play(Consumer<FlowBatch> to) {
        var batch = new FlowBatch();
        var sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingLong(Row::end).thenComparing(Row::exporter));
        for (int from = 0; from < sorted.size(); ) {
            Row first = sorted.get(from);
            batch.begin(
                    new Origin(
                            "netflow/" + first.exporter() + "/0",
                            first.exporter(),
                            first.end() + 1000,
                            null));
            int to2 = from;
            while (to2 < sorted.size()
                    && sorted.get(to2).end() == first.end()
                    && sorted.get(to2).exporter().equals(first.exporter())) {
                fill(batch, sorted.get(to2++));
            }
            from = to2;
            to.accept(batch);
        }
    }

    private static void fill(FlowBatch batch, Row row) {
        int r = batch.add(0);
        long[] src = Address.parse(row.client());
        long[] dst = Address.parse(row.server());
        batch.setAddress(r, FlowColumn.SRC_HI, src[0], src[1]);
        batch.setAddress(r, FlowColumn.DST_HI, dst[0], dst[1]);
        batch.set(r, FlowColumn.SRC_PORT, row.clientPort());
        batch.set(r, FlowColumn.DST_PORT, row.port());
        batch.set(r, FlowColumn.PROTOCOL, row.protocol());
        batch.set(r, FlowColumn.BYTES, row.bytes());
        batch.set(r, FlowColumn.PACKETS, row.bytes() / 1400 + (row.flags() == 2 ? 3 : 1));
        if (row.protocol() == TCP) {
            batch.set(r, FlowColumn.TCP_FLAGS, row.flags());
        }
        batch.set(r, FlowColumn.START, row.start());
        batch.set(r, FlowColumn.END, row.end());
    }
}
