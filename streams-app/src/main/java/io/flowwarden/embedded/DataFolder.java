package io.flowwarden.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder of data that belongs to one process at a time. The lock goes with the process, however
 * that ends; the file with the owner's pid in it stays.
 */
public final class DataFolder implements AutoCloseable {
    private static final String FILE = "lock";

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder, which is created if missing.
     *
     * @param pid of this process, for whoever comes second
     * @throws IOException if it cannot be written to, or another process has it; says which
     */
    public static DataFolder take(Path folder, long pid) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel = null;
        try {
            Files.createDirectories(folder);
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
        } catch (IOException refused) {
            throw new IOException("data folder " + folder + " cannot be used: " + refused, refused);
        }
        try {
            if (lock(channel) == null) {
                throw new IOException(
                        "data folder "
                                + folder
                                + " is in use by "
                                + owner(file)
                                + " ("
                                + file
                                + ")");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((pid + "\n").getBytes(UTF_8)));
            return new DataFolder(folder, channel);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    public Path path() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    private static String owner(Path file) {
        try {
            String pid = Files.readString(file).strip();
            return pid.matches("\\d{1,10}") ? "process " + pid : "another process";
        } catch (IOException unreadable) {
            return "another process";
        }
    }
}
