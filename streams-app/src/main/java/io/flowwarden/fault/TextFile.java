package io.flowwarden.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that a person wrote: UTF-8, of bounded size. */
public final class TextFile {
    /** An estate of a million prefixes is about 60 MB. */
    public static final int LARGEST = 256 << 20;

    private TextFile() {}

    /**
     * All bytes of a file.
     *
     * @throws FaultyInput if it cannot be read
     */
    public static byte[] bytes(Path path) {
        var faults = new Faults(path.toString());
        byte[] bytes = {};
        try {
            if (Files.isDirectory(path)) {
                faults.add(0, "", "", "is a directory");
            } else if (Files.size(path) > LARGEST) {
                faults.add(0, "", "", "is larger than " + (LARGEST >> 20) + " MiB");
            } else {
                bytes = Files.readAllBytes(path);
            }
        } catch (NoSuchFileException e) {
            faults.add(0, "", "", "no such file");
        } catch (IOException e) {
            faults.add(0, "", "", "cannot be read: " + e);
        }
        faults.refuse();
        return bytes;
    }

    /**
     * The text of a file, without a byte order mark.
     *
     * @throws FaultyInput if it is not UTF-8
     */
    public static String text(byte[] content, Faults faults) {
        var bytes = ByteBuffer.wrap(content);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += content[i] == '\n' ? 1 : 0;
            }
            faults.add(line, "", "", "not UTF-8 text");
            throw new FaultyInput(faults.list());
        }
    }
}
