package io.flowwarden.input;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What reading the inputs came across, over all of them. Not thread-safe. */
public final class ReadTally {
    private final List<Damage> damages = new ArrayList<>();
    private final List<String> unknownFiles = new ArrayList<>();
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private int readable;
    private long rawRecords;

    /** Inputs that could not be read, or not to their end. */
    public List<Damage> damages() {
        return damages;
    }

    /** Files of directories that are in no known format. */
    public List<String> unknownFiles() {
        return unknownFiles;
    }

    public Map<SkipReason, Long> skipped() {
        return skipped;
    }

    /** How many files held something to read, if only a log's header line. */
    public int readable() {
        return readable;
    }

    /** How many raw records were handed on. */
    public long rawRecords() {
        return rawRecords;
    }

    void damaged(Damage damage) {
        damages.add(damage);
    }

    void unknownFile(String file) {
        unknownFiles.add(file);
        skip(SkipReason.UNKNOWN_FILE);
    }

    void skip(SkipReason reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    void read() {
        readable++;
    }

    void handedOn() {
        rawRecords++;
    }
}
