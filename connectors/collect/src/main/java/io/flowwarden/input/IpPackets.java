package io.flowwarden.input;

import io.flowwarden.net.Address;
import java.io.IOException;

/** Finds UDP datagrams in IPv4 and IPv6 packets, fragments put together. */
final class IpPackets implements PacketSink {
    private static final int UDP = 17;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;

    /** More extension headers than this are an attack, not a packet. */
    private static final int MAX_EXTENSIONS = 16;

    private final UdpSink out;
    private final ReadTally tally;
    private final Fragments fragments;

    IpPackets(UdpSink out, ReadTally tally) {
        this.out = out;
        this.tally = tally;
        this.fragments = new Fragments(tally);
    }

    @Override
    public void packet(int linkType, long millis, byte[] bytes, int offset, int length)
            throws IOException {
        if (!LinkLayer.knows(linkType)) {
            tally.skip(SkipReason.UNKNOWN_LINK_TYPE);
            return;
        }
        int ip = LinkLayer.ipOffset(linkType, bytes, offset, length);
        int end = offset + length;
        int version = ip < 0 || ip >= end ? 0 : (bytes[ip] & 255) >>> 4;
        if (version == 4 && ip + 20 <= end) {
            v4(millis, bytes, ip, end);
        } else if (version == 6 && ip + 40 <= end) {
            v6(millis, bytes, ip, end);
        } else {
            tally.skip(SkipReason.NOT_UDP);
        }
    }

    /** Counts what was never completed. */
    void finish() {
        fragments.finish();
    }

    private void v4(long millis, byte[] bytes, int ip, int end) throws IOException {
        int header = (bytes[ip] & 15) * 4;
        int total = u16(bytes, ip + 2);
        // 0: the capturing host's card was to fill it in (segmentation offload).
        int stop = total == 0 ? end : Math.min(end, ip + total);
        if ((bytes[ip + 9] & 255) != UDP || header < 20 || ip + header > stop) {
            tally.skip(SkipReason.NOT_UDP);
            return;
        }
        long lo = Address.v4(i32(bytes, ip + 12));
        int fragment = u16(bytes, ip + 6);
        int at = (fragment & 0x1fff) * 8;
        boolean more = (fragment & 0x2000) != 0;
        if (at == 0 && !more) {
            udp(0, lo, millis, bytes, ip + header, stop);
            return;
        }
        var key =
                new Fragments.Key(
                        0, lo, 0, Address.v4(i32(bytes, ip + 16)), u16(bytes, ip + 4) & 0xffffL);
        whole(key, at, more, millis, bytes, ip + header, stop);
    }

    private void v6(long millis, byte[] bytes, int ip, int end) throws IOException {
        int payload = u16(bytes, ip + 4);
        int stop = payload == 0 ? end : Math.min(end, ip + 40 + payload);
        long hi = i64(bytes, ip + 8);
        long lo = i64(bytes, ip + 16);
        int next = bytes[ip + 6] & 255;
        int at = ip + 40;
        for (int i = 0; i < MAX_EXTENSIONS && at + 8 <= stop; i++) {
            switch (next) {
                case UDP -> {
                    udp(hi, lo, millis, bytes, at, stop);
                    return;
                }
                case FRAGMENT -> {
                    int fragment = u16(bytes, at + 2);
                    int offset = fragment & 0xfff8;
                    boolean more = (fragment & 1) != 0;
                    if (offset == 0 && !more) {
                        next = bytes[at] & 255;
                        at += 8;
                        continue;
                    }
                    // A first header other than UDP: extensions inside fragments are not followed.
                    if ((bytes[at] & 255) != UDP) {
                        tally.skip(SkipReason.NOT_UDP);
                        return;
                    }
                    var key =
                            new Fragments.Key(
                                    hi,
                                    lo,
                                    i64(bytes, ip + 24),
                                    i64(bytes, ip + 32),
                                    i32(bytes, at + 4) & 0xffffffffL);
                    whole(key, offset, more, millis, bytes, at + 8, stop);
                    return;
                }
                // Hop-by-hop, routing, destination options, mobility (RFC 8200 section 4).
                case 0, 43, 60, 135 -> {
                    next = bytes[at] & 255;
                    at += ((bytes[at + 1] & 255) + 1) * 8;
                }
                case AUTHENTICATION -> {
                    next = bytes[at] & 255;
                    at += ((bytes[at + 1] & 255) + 2) * 4;
                }
                default -> {
                    tally.skip(SkipReason.NOT_UDP);
                    return;
                }
            }
        }
        tally.skip(SkipReason.NOT_UDP);
    }

    private void whole(
            Fragments.Key key, int at, boolean more, long millis, byte[] bytes, int from, int stop)
            throws IOException {
        byte[] datagram = fragments.add(key, at, more, bytes, from, stop - from);
        if (datagram != null) {
            udp(key.srcHi(), key.srcLo(), millis, datagram, 0, datagram.length);
        }
    }

    private void udp(long hi, long lo, long millis, byte[] bytes, int at, int stop)
            throws IOException {
        if (stop - at < 8) {
            tally.skip(SkipReason.NOT_UDP);
            return;
        }
        int stated = u16(bytes, at + 4);
        int end = stated < 8 ? stop : Math.min(stop, at + stated);
        out.datagram(hi, lo, u16(bytes, at + 2), millis, bytes, at + 8, end - at - 8);
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
    }

    private static int i32(byte[] bytes, int at) {
        return u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    private static long i64(byte[] bytes, int at) {
        return (long) i32(bytes, at) << 32 | i32(bytes, at + 4) & 0xffffffffL;
    }
}
