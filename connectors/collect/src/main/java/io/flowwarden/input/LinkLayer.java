package io.flowwarden.input;

/** Finds the IP packet behind the link-layer headers that captures of collectors have. */
final class LinkLayer {
    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int LOOP = 108;
    private static final int LINUX_SLL = 113;
    private static final int LINUX_SLL2 = 276;

    private LinkLayer() {}

    static boolean knows(int linkType) {
        return switch (linkType) {
            case NULL, ETHERNET, LOOP, LINUX_SLL, LINUX_SLL2 -> true;
            default -> isRawIp(linkType);
        };
    }

    /**
     * @return offset of the IP header, or -1 where the packet is not IP or too short
     */
    static int ipOffset(int linkType, byte[] bytes, int offset, int length) {
        return switch (linkType) {
            case ETHERNET -> behindTags(bytes, offset + 12, offset + length);
            case LINUX_SLL -> behindTags(bytes, offset + 14, offset + length);
            case LINUX_SLL2 -> length > 20 && isIp(u16(bytes, offset)) ? offset + 20 : -1;
            // Four bytes of address family, in the byte order of the capturing host; the version
            // in the IP header says the same without knowing the host.
            case NULL, LOOP -> length > 4 ? offset + 4 : -1;
            default -> isRawIp(linkType) && length > 0 ? offset : -1;
        };
    }

    /** LINKTYPE_RAW, the platform numbers it goes by in old files, IPV4 and IPV6. */
    private static boolean isRawIp(int linkType) {
        return linkType == 101
                || linkType == 12
                || linkType == 14
                || linkType == 228
                || linkType == 229;
    }

    private static int behindTags(byte[] bytes, int etherTypeAt, int end) {
        int at = etherTypeAt;
        while (at + 2 <= end) {
            int type = u16(bytes, at);
            if (isIp(type)) {
                return at + 2;
            }
            boolean tag = type == 0x8100 || type == 0x88a8 || type == 0x9100;
            if (!tag) {
                return -1;
            }
            at += 4;
        }
        return -1;
    }

    private static boolean isIp(int etherType) {
        return etherType == 0x0800 || etherType == 0x86dd;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
    }
}
