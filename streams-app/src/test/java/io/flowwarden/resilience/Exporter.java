package io.flowwarden.resilience;

import io.flowwarden.decode.ExportBytes;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An exporter of NetFlow v9: sees flows, and sends them in datagrams when it is told the time. */
public final class Exporter {
    public static final int TCP = 6;
    public static final int UDP = 17;

    private static final int TEMPLATE_ID = 300;
    private static final int AT_MOST = 24;

    /** Type and length of each field, RFC 3954 section 8. */
    private static final byte[] TEMPLATE =
            ExportBytes.set(
                    0,
                    ExportBytes.template(
                            TEMPLATE_ID,
                            8,
                            4,
                            12,
                            4,
                            7,
                            2,
                            11,
                            2,
                            4,
                            1,
                            6,
                            1,
                            2,
                            4,
                            1,
                            4,
                            22,
                            4,
                            21,
                            4));

    private static final long UPTIME = 24L * 3600 * 1000;

    private record Seen(
            long start,
            long end,
            String from,
            int fromPort,
            String to,
            int toPort,
            int protocol,
            int flags,
            long packets,
            long bytes) {}

    private final String address;
    private final List<Seen> seen = new ArrayList<>();
    private long booted;
    private long sequence;
    private long clockError;
    private boolean dead;

    public Exporter(String address) {
        this.address = address;
    }

    public String address() {
        return address;
    }

    /** A flow that ended now and took no time. */
    public void sees(
            long at,
            String from,
            int fromPort,
            String to,
            int toPort,
            int protocol,
            int flags,
            long packets,
            long bytes) {
        if (!dead) {
            seen.add(new Seen(at, at, from, fromPort, to, toPort, protocol, flags, packets, bytes));
        }
    }

    /** Dead, it sees and sends nothing; alive again, it goes on as if it had been cut off. */
    void dead(boolean now) {
        dead = now;
    }

    /** Datagrams get lost on their way. */
    void loses(int datagrams) {
        sequence += datagrams;
    }

    /** Its clock is wrong by so many ms from now on. */
    void clockError(long ms) {
        clockError = ms;
    }

    /** Sends what it has seen, or its template alone. */
    public void export(long now, RawSink to) throws IOException {
        if (dead) {
            return;
        }
        if (booted == 0) {
            booted = now - UPTIME;
        }
        int from = 0;
        do {
            int end = Math.min(seen.size(), from + AT_MOST);
            to.accept(
                    new RawRecord(
                            "netflow/" + address + "/0",
                            RawFormat.NETFLOW,
                            now,
                            address,
                            null,
                            null,
                            null,
                            false,
                            datagram(now, seen.subList(from, end))));
            from = end;
        } while (from < seen.size());
        seen.clear();
    }

    private byte[] datagram(long now, List<Seen> flows) {
        var records = ExportBytes.raw();
        for (Seen flow : flows) {
            records.ip(flow.from()).ip(flow.to()).u16(flow.fromPort()).u16(flow.toPort());
            records.u8(flow.protocol()).u8(flow.flags()).u32(flow.packets()).u32(flow.bytes());
            records.u32(flow.start() - booted).u32(flow.end() - booted);
        }
        var header =
                ExportBytes.raw()
                        .u16(9)
                        .u16(1 + flows.size())
                        .u32(now - booted)
                        .u32((now + clockError) / 1000)
                        .u32(sequence++)
                        .u32(0);
        return flows.isEmpty()
                ? header.bytes(TEMPLATE).get()
                : header.bytes(TEMPLATE, ExportBytes.set(TEMPLATE_ID, records.get())).get();
    }
}
