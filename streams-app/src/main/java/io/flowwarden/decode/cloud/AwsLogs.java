package io.flowwarden.decode.cloud;

import io.flowwarden.flow.Address;
import java.util.List;

/** Telling AWS VPC flow logs from other text, for whoever reads files. */
public final class AwsLogs {
    private AwsLogs() {}

    /**
     * Whether a line names the fields of a VPC flow log; it then is the log's {@code fw.fields}.
     */
    public static boolean isHeader(String line) {
        return AwsLayout.ofHeader(line) != null;
    }

    /**
     * Whether a line is a row of a log without a header line, in a layout that its length tells.
     */
    public static boolean isRow(String line) {
        char separator = line.strip().indexOf(' ') < 0 && line.indexOf(',') >= 0 ? ',' : ' ';
        List<String> values = AwsLayout.split(line, separator);
        return AwsLayout.ofCount(values.size(), separator) != null
                && (values.get(0).equals("-") || values.get(0).matches("[0-9]{1,3}"))
                && isAddress(values.get(3))
                && isAddress(values.get(4));
    }

    /**
     * @param header the log's header line, or null
     * @param row one of its rows
     * @return the row's interface-id, or null where it has none
     */
    public static String interfaceId(String header, String row) {
        AwsLayout stated = header == null ? null : AwsLayout.ofHeader(header);
        char separator = stated != null ? stated.separator() : row.indexOf(',') >= 0 ? ',' : ' ';
        List<String> values = AwsLayout.split(row, separator);
        AwsLayout layout = stated != null ? stated : AwsLayout.ofCount(values.size(), separator);
        for (int i = 0;
                layout != null && i < Math.min(layout.columns().length, values.size());
                i++) {
            if (layout.columns()[i] == AwsLayout.Field.INTERFACE_ID) {
                return values.get(i).isEmpty() || values.get(i).equals("-") ? null : values.get(i);
            }
        }
        return null;
    }

    private static boolean isAddress(String value) {
        return value.equals("-") || Address.parse(value) != null;
    }
}
