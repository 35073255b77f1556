package io.flowwarden.raw;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keys of the raw topic: what state and order hang on. */
public final class SourceIds {
    /** Name of a flow log in the file names that AWS writes to S3. */
    private static final Pattern FLOW_LOG = Pattern.compile("(?<![A-Za-z0-9-])fl-[0-9a-f]{4,32}");

    private SourceIds() {}

    /**
     * @param exporter canonical address, or null for a bare file
     * @param datagram NetFlow v5, v9 or IPFIX
     * @return {@code netflow/<exporter>/<domain>}, domain 0 where the header is cut off
     */
    public static String netflow(String exporter, byte[] datagram) {
        return "netflow/"
                + (exporter == null ? "file" : exporter)
                + "/"
                + Datagrams.domain(datagram);
    }

    /**
     * @param fileName name or path of the log, or null
     * @param interfaceId interface-id of its first row, or null
     * @return {@code aws/<fl-... of the name, else interface, else file name>}
     */
    public static String aws(String fileName, String interfaceId) {
        if (fileName != null) {
            var name = FLOW_LOG.matcher(fileName);
            if (name.find()) {
                return "aws/" + name.group();
            }
        }
        if (interfaceId != null && !interfaceId.equals("-")) {
            return "aws/" + interfaceId;
        }
        return "aws/"
                + (fileName == null ? "file" : fileName.substring(fileName.lastIndexOf('/') + 1));
    }

    /**
     * @param resource id of the flow log or of the network security group, or null
     * @return {@code azure/<resource>} in small letters, for Azure writes one id in both; null
     *     without one
     */
    public static String azure(String resource) {
        if (resource == null || resource.isBlank()) {
            return null;
        }
        String id = resource.strip().toLowerCase(Locale.ROOT);
        return "azure/" + (id.startsWith("/") ? id.substring(1) : id);
    }

    /**
     * @param subnetwork name of the reporter's subnetwork, or null
     * @return {@code gcp/<subnetwork>}, or null without one
     */
    public static String gcp(String subnetwork) {
        return subnetwork == null || subnetwork.isBlank() ? null : "gcp/" + subnetwork.strip();
    }

    /**
     * @param datagram sFlow v5
     * @return {@code sflow/<agent>/<sub-agent>}: an agent may send through others
     */
    public static String sflow(byte[] datagram) {
        String agent = Sflow.agent(datagram);
        return "sflow/" + (agent == null ? "file" : agent) + "/" + Sflow.subAgent(datagram);
    }
}
