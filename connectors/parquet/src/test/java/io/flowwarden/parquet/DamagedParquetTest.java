package io.flowwarden.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.flowwarden.input.DamagedInput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is cut, or changed at random, ends in damage that says where, and never costs much heap. */
class DamagedParquetTest {
    private static final long MOST = 48 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<String> rows = ParquetRowsTest.rows(300);
    @TempDir private Path dir;
    private Path file;
    private byte[] sound;

    @BeforeEach
    void write() throws IOException {
        file = dir.resolve("log.parquet");
        sound = Files.readAllBytes(new Fixture(Fixture.AWS).groups(5_000).write(file, rows));
    }

    @Test
    void aCutFileSaysThatItsEndIsMissing() throws IOException {
        for (int length : new int[] {4, 11, 100, sound.length / 2, sound.length - 1}) {
            Files.write(file, Arrays.copyOf(sound, length));
            DamagedInput damage = assertThrows(DamagedInput.class, () -> read(new ArrayList<>()));
            assertTrue(
                    damage.getMessage().contains("end with PAR1")
                            || damage.getMessage().contains(length + " bytes"),
                    damage.getMessage());
        }
    }

    @Test
    void whatStandsBeforeADamagedPageIsRead() throws IOException {
        byte[] damaged = sound.clone();
        for (int i = sound.length / 2; i < sound.length / 2 + 1_000; i++) {
            damaged[i] ^= 0x55;
        }
        Files.write(file, damaged);
        var read = new ArrayList<String>();
        DamagedInput damage = assertThrows(DamagedInput.class, () -> read(read));
        assertTrue(read.size() > 100 && read.size() <= rows.size(), read.size() + " lines");
        assertEquals(rows.subList(0, read.size() - 1), read.subList(1, read.size()));
        assertTrue(damage.in("x").place().startsWith("row "), damage.in("x").text());
    }

    @Test
    void aListThatClaimsMoreElementsThanBytesGetsNoRoom() throws IOException {
        // FileMetaData: version, schema as a list of 2^31 - 1 structures.
        byte[] footer = {0x15, 2, 0x19, (byte) 0xfc, -1, -1, -1, -1, 7, 0};
        byte[] all = new byte[4 + footer.length + 8];
        System.arraycopy("PAR1".getBytes(), 0, all, 0, 4);
        System.arraycopy(footer, 0, all, 4, footer.length);
        all[4 + footer.length] = (byte) footer.length;
        System.arraycopy("PAR1".getBytes(), 0, all, all.length - 4, 4);
        Files.write(file, all);
        DamagedInput damage = assertThrows(DamagedInput.class, () -> read(new ArrayList<>()));
        assertEquals("footer: claims more than its 10 bytes", damage.in("x").text().substring(3));
    }

    @Test
    void changedBytesGiveRowsOrDamageWithinBoundedHeap() throws IOException {
        var random = new Random(42);
        byte[] plain =
                Files.readAllBytes(
                        new Fixture(Fixture.AWS)
                                .codec(CompressionCodecName.UNCOMPRESSED)
                                .groups(5_000)
                                .write(file, rows));
        int damages = 0;
        for (int run = 0; run < 2_000; run++) {
            byte[] changed = (run % 2 == 0 ? sound : plain).clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                // Half of them where the file is described.
                int at = random.nextInt(random.nextBoolean() ? changed.length : 3_000);
                changed[changed.length - 1 - at] = (byte) random.nextInt(256);
            }
            Files.write(file, changed);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                read(new ArrayList<>());
            } catch (DamagedInput e) {
                damages++;
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < MOST, allocated + " bytes in run " + run);
        }
        assertTrue(damages > 200, damages + " damages");
    }

    private void read(List<String> into) throws IOException {
        new ParquetRows().read(file, into::add);
    }
}
