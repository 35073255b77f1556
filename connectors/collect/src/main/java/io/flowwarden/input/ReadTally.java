package io.flowwarden.input;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What reading the inputs came across, over all of them. Not thread-safe. */
public final class ReadTally {
    private final List<Damage> damages = new ArrayList<>();
    private final List<String> unknownFiles = new ArrayList<>();
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private int files;
    private int idle;
    private final Map<String, Long> rawRecordsByFile = new HashMap<>();
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

    /** How many files were opened, or could not be; those of unknown format aside. */
    public int files() {
        return files;
    }

    /** How many of them are logs without a row: nothing in them, and nothing wrong with them. */
    public int idle() {
        return idle;
    }

    /** How many raw records were handed on. */
    public long rawRecords() {
        return rawRecords;
    }

    /** How many of them one file gave. */
    public long rawRecords(String file) {
        return rawRecordsByFile.getOrDefault(file, 0L);
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

    void opened() {
        files++;
    }

    void idleLog() {
        idle++;
    }

    void handedOn(String file) {
        rawRecordsByFile.merge(file, 1L, Long::sum);
        rawRecords++;
    }
}
