package io.flowwarden.input;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a line of an AWS VPC flow log looks like. */
public final class AwsFields {
    /** Amazon VPC User Guide, "Flow log records", "Available fields", in its order. */
    public static final List<String> DOCUMENTED =
            List.of(
                    ("version account-id interface-id srcaddr dstaddr srcport dstport protocol"
                                    + " packets bytes start end action log-status vpc-id subnet-id"
                                    + " instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region"
                                    + " az-id sublocation-type sublocation-id pkt-src-aws-service"
                                    + " pkt-dst-aws-service flow-direction traffic-path"
                                    + " ecs-cluster-arn ecs-cluster-name"
                                    + " ecs-container-instance-arn ecs-container-instance-id"
                                    + " ecs-container-id ecs-second-container-id ecs-service-name"
                                    + " ecs-task-definition-arn ecs-task-arn ecs-task-id"
                                    + " reject-reason resource-id encryption-status")
                            .split(" "));

    /** The default format: the first of them, version 2. */
    public static final List<String> DEFAULT = DOCUMENTED.subList(0, 14);

    private static final Set<String> NAMES = Set.copyOf(DOCUMENTED);

    private static final Set<String> WORDS = Set.of("ACCEPT", "REJECT", "OK", "NODATA", "SKIPDATA");

    private AwsFields() {}

    /** Values of a line: separated by blanks, in exports of queries by commas. */
    static String[] split(String line) {
        return line.strip().split(line.indexOf(',') >= 0 ? "," : "\\s+", -1);
    }

    /** Field names of a header line, with dashes, whatever the export made of them. */
    static List<String> names(String header) {
        return List.of(split(header)).stream()
                .map(name -> name.strip().replace("\"", "").replace('_', '-'))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    static boolean isHeader(byte[] line, int offset, int length) {
        // Every row has digits or dashes only where a header has letters: most lines end here.
        if (length < 8 || !startsWithLetterOrQuote(line[offset])) {
            return false;
        }
        var names = names(new String(line, offset, length, StandardCharsets.UTF_8));
        return names.stream().filter(NAMES::contains).count() >= 3;
    }

    static boolean isRow(String line) {
        String[] values = split(line);
        if (values.length < 10) {
            return false;
        }
        for (String value : values) {
            if (WORDS.contains(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWithLetterOrQuote(byte first) {
        return first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z' || first == '"';
    }
}
