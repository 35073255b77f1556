package io.flowwarden.decode.cloud;

import io.flowwarden.input.AwsFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which value of a row is which field, by the log's header line or the documented order.
 *
 * @param columns our field for each value of a row, null where we have no use for it
 * @param separator between values; a space stands for any run of blanks
 * @param stated by a header line; false where it was concluded from the number of values
 */
record AwsLayout(Field[] columns, char separator, boolean stated) {
    /** Fields that become part of a flow. */
    enum Field {
        ACCOUNT_ID,
        INTERFACE_ID,
        SRCADDR,
        DSTADDR,
        SRCPORT,
        DSTPORT,
        PROTOCOL,
        PACKETS,
        BYTES,
        START,
        END,
        ACTION,
        LOG_STATUS,
        VPC_ID,
        TCP_FLAGS,
        PKT_SRCADDR,
        PKT_DSTADDR,
        FLOW_DIRECTION;

        static Field named(String name) {
            String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
            for (Field field : values()) {
                if (field.name().equals(wanted)) {
                    return field;
                }
            }
            return null;
        }
    }

    /** Fields of versions 2 to 5: the shortest format that "all fields" can mean. */
    static final int ALL_FIELDS = 29;

    /** Transit gateway flow logs have fields of their own, all with this prefix or one of these. */
    private static final Set<String> GATEWAY =
            Set.of(
                    "resource-type",
                    "packets-lost-no-route",
                    "packets-lost-blackhole",
                    "packets-lost-mtu-exceeded",
                    "packets-lost-ttl-expired");

    /** The layout that a header line states, or null where it is none. */
    static AwsLayout ofHeader(String line) {
        char separator = line.indexOf(',') >= 0 ? ',' : ' ';
        List<String> names = split(line, separator);
        var columns = new Field[names.size()];
        int known = 0;
        boolean addresses = false;
        for (int i = 0; i < columns.length; i++) {
            // Exports to CSV write underscores.
            String name = names.get(i).replace('_', '-');
            known += isKnown(name) ? 1 : 0;
            columns[i] = Field.named(name);
            addresses |= columns[i] == Field.SRCADDR || columns[i] == Field.PKT_SRCADDR;
        }
        return known >= 2 && 2 * known >= columns.length && addresses
                ? new AwsLayout(columns, separator, true)
                : null;
    }

    /** The layout of a log without a header, by the number of values, or null. */
    static AwsLayout ofCount(int values, char separator) {
        if (values != AwsFields.DEFAULT.size() && values < ALL_FIELDS) {
            return null;
        }
        var columns = new Field[values];
        for (int i = 0; i < Math.min(values, AwsFields.DOCUMENTED.size()); i++) {
            columns[i] = Field.named(AwsFields.DOCUMENTED.get(i));
        }
        return new AwsLayout(columns, separator, false);
    }

    static List<String> split(String line, char separator) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        var row = new AwsRow();
        row.split(bytes, 0, bytes.length, separator);
        var values = new ArrayList<String>();
        for (int i = 0; i < row.count(); i++) {
            values.add(row.text(bytes, i));
        }
        return values;
    }

    private static boolean isKnown(String name) {
        return AwsFields.DOCUMENTED.contains(name)
                || name.startsWith("tgw-")
                || GATEWAY.contains(name);
    }
}
