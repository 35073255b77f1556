package io.flowwarden.yaml;

import io.flowwarden.fault.Faults;
import io.flowwarden.fault.TextFile;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML 1.2 to a tree that still knows its lines. Nothing is bound to objects, so no tag of
 * the file has a meaning here.
 */
public final class YamlFile {
    /** Enough for shared lists of roles, too few for a file that multiplies itself. */
    static final int COLLECTION_ALIASES = 50;

    private YamlFile() {}

    /**
     * The one document of a file.
     *
     * @param faults names the file, and receives what is wrong in it, now and when values are read
     * @throws io.flowwarden.fault.FaultyInput if it is not one YAML document
     */
    public static YamlValue read(byte[] content, Faults faults) {
        String text = TextFile.text(content, faults);
        Node root = null;
        try {
            root = compose(text).orElse(null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(-1) + 1;
            String context = e.getContext() == null ? "" : " " + e.getContext();
            faults.add(line, "", "", "not YAML: " + withoutContent(e.getProblem()) + context);
        } catch (ReaderException e) {
            int line = lineAt(text, e.getPosition());
            String point = String.format("U+%04X", e.getCodePoint());
            faults.add(line, "", point, "not YAML: this character is not allowed in a file");
        } catch (YamlEngineException e) {
            faults.add(0, "", "", "not YAML: " + e.getMessage());
        }
        if (root == null && faults.isEmpty()) {
            faults.add(0, "", "", "the file is empty");
        }
        faults.refuse();
        return new YamlValue(root, "", faults);
    }

    /** What the parser says, but nothing of the file: a password may begin with these, too. */
    private static String withoutContent(String problem) {
        if (problem.startsWith("found undefined alias")) {
            return "an alias names no anchor of this file; quote a value that begins with *";
        }
        if (problem.startsWith("found undefined tag handle")) {
            return "a tag handle is not defined; quote a value that begins with !";
        }
        return problem;
    }

    private static Optional<Node> compose(String text) {
        var settings =
                LoadSettings.builder()
                        .setCodePointLimit(TextFile.LARGEST)
                        .setAllowNonScalarKeys(true)
                        .setMaxAliasesForCollections(COLLECTION_ALIASES)
                        .build();
        var parser = new ParserImpl(settings, new StreamReader(settings, text));
        return new Composer(settings, new ShallowParser(parser)).getSingleNode();
    }

    /** The reader counts code points. */
    private static int lineAt(String text, int position) {
        return 1 + (int) text.codePoints().limit(position).filter(c -> c == '\n').count();
    }
}
