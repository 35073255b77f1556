package io.flowwarden.draft;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of one item of the estate, each with its evidence; as a whole it stands or is a comment.
 */
final class Item {
    private record Line(String text, String evidence, boolean stands) {}

    private final List<Line> lines = new ArrayList<>();

    /** A line that stands if the item does. */
    Item line(String text, String evidence) {
        lines.add(new Line(text, evidence, true));
        return this;
    }

    /** A line that is a comment in any case. */
    Item unsure(String text, String evidence) {
        lines.add(new Line(text, evidence, false));
        return this;
    }

    /** As it stands in its section. */
    List<String> lines(boolean stands) {
        var written = new ArrayList<String>();
        for (Line line : lines) {
            int indent = 0;
            while (line.text.charAt(indent) == ' ') {
                indent++;
            }
            String text =
                    stands && line.stands
                            ? line.text
                            : line.text.substring(0, indent) + "# " + line.text.substring(indent);
            written.add(line.evidence.isEmpty() ? text : text + "  # " + line.evidence);
        }
        return written;
    }
}
