package io.flowwarden.connect.objects.directory;

import io.flowwarden.connect.objects.ObjectGone;
import io.flowwarden.connect.objects.ObjectStore;
import io.flowwarden.connect.objects.StoreRefused;
import io.flowwarden.connect.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Files by their path below a directory, with {@code /} between names. A page is one directory;
 * those still to be listed are the word for the next page, so nothing is kept between calls.
 */
final class DirectoryStore implements ObjectStore {
    private static final String BETWEEN = "\n";

    private final Path root;

    DirectoryStore(Path root) {
        this.root = root;
    }

    @Override
    public String name() {
        // Not as a URI: that ends in a slash only while the directory is there.
        return "file:" + root;
    }

    @Override
    public boolean grows() {
        return true;
    }

    @Override
    public Page list(String prefix, String next) throws IOException {
        var waiting = new ArrayList<String>();
        String directory = next;
        if (next == null) {
            directory = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        } else {
            waiting.addAll(List.of(next.split(BETWEEN, -1)));
            directory = waiting.remove(waiting.size() - 1);
        }
        var files = new ArrayList<StoredObject>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(inside(directory))) {
            for (Path path : all) {
                String key = directory + path.getFileName();
                if (!path.getFileName().toString().startsWith(".")) {
                    add(path, key, prefix, files, waiting);
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException e) {
            if (!Files.isDirectory(root)) {
                throw new NoSuchFileException(root.toString(), null, "there is no such directory");
            }
            // One that is not there yet, or went while we looked.
        } catch (AccessDeniedException e) {
            throw new StoreRefused("may not list " + e.getFile(), e);
        }
        return new Page(files, waiting.isEmpty() ? null : String.join(BETWEEN, waiting));
    }

    private static void add(
            Path path, String key, String prefix, List<StoredObject> files, List<String> waiting)
            throws IOException {
        BasicFileAttributes file;
        try {
            file = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return;
        }
        if (file.isDirectory()) {
            String folder = key + "/";
            boolean wanted = folder.startsWith(prefix) || prefix.startsWith(folder);
            // A link to a directory could lead in a circle.
            if (wanted && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                waiting.add(folder);
            }
        } else if (file.isRegularFile() && key.startsWith(prefix)) {
            files.add(
                    new StoredObject(
                            key,
                            file.size(),
                            file.size() + "/" + file.lastModifiedTime() + "/" + file.fileKey(),
                            file.lastModifiedTime().toMillis()));
        }
    }

    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
        try {
            return Channels.newInputStream(FileChannel.open(inside(object.key())).position(from));
        } catch (NoSuchFileException e) {
            throw new ObjectGone(object.key(), e);
        } catch (AccessDeniedException e) {
            throw new StoreRefused("may not read " + e.getFile(), e);
        }
    }

    private Path inside(String key) {
        return root.resolve(key);
    }

    @Override
    public void close() {
        // Nothing is held between calls.
    }
}
