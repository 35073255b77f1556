package io.flowwarden.connect.objects.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ConsistentReadControl;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import io.flowwarden.connect.objects.ObjectGone;
import io.flowwarden.connect.objects.ObjectStore;
import io.flowwarden.connect.objects.StoreRefused;
import io.flowwarden.connect.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Objects;

/** A container, whose blobs grow: those of flow logs by a block a minute, for an hour. */
final class AzureStore implements ObjectStore {
    /** What is fetched at once, and so what an open blob takes of the heap. */
    private static final int BLOCK = 1 << 20;

    private final BlobContainerClient container;

    AzureStore(BlobContainerClient container) {
        this.container = container;
    }

    @Override
    public String name() {
        return container.getBlobContainerUrl().replaceAll("\\?.*", "");
    }

    @Override
    public boolean grows() {
        return true;
    }

    @Override
    public Page list(String prefix, String next) throws IOException {
        try {
            Iterator<PagedResponse<BlobItem>> pages =
                    container
                            .listBlobs(new ListBlobsOptions().setPrefix(prefix), next, null)
                            .iterableByPage()
                            .iterator();
            PagedResponse<BlobItem> page = pages.next();
            String token = page.getContinuationToken();
            return new Page(
                    page.getValue().stream().map(AzureStore::object).toList(),
                    token == null || token.isEmpty() ? null : token);
        } catch (RuntimeException e) {
            throw failed("list " + name() + "/" + prefix, e);
        }
    }

    private static StoredObject object(BlobItem blob) {
        var properties = blob.getProperties();
        return new StoredObject(
                blob.getName(),
                // Folders of a hierarchical namespace have none.
                Objects.requireNonNullElse(properties.getContentLength(), 0L),
                properties.getETag(),
                properties.getLastModified().toInstant().toEpochMilli());
    }

    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
        if (from >= object.size()) {
            return InputStream.nullInputStream();
        }
        String what = "read " + name() + "/" + object.key();
        try {
            // Only blocks of the same blob: one that grows meanwhile fails, and is read again.
            var options =
                    new BlobInputStreamOptions()
                            .setRange(new BlobRange(from))
                            .setBlockSize(BLOCK)
                            .setConsistentReadControl(ConsistentReadControl.ETAG);
            return new Body(container.getBlobClient(object.key()).openInputStream(options), what);
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404) {
                throw new ObjectGone(object.key(), e);
            }
            throw failed(what, e);
        } catch (RuntimeException e) {
            throw failed(what, e);
        }
    }

    private static IOException failed(String what, RuntimeException e) {
        if (e instanceof BlobStorageException answer) {
            String why = String.valueOf(answer.getErrorCode());
            return switch (answer.getStatusCode()) {
                case 401, 403 ->
                        new StoreRefused(
                                "may not "
                                        + what
                                        + " ("
                                        + why
                                        + "): see azure.connection.string,"
                                        + " azure.sas.token, azure.account.key",
                                e);
                case 404 ->
                        new StoreRefused(
                                "cannot " + what + " (" + why + "): see azure.container", e);
                default -> new IOException("cannot " + what + ": " + why, e);
            };
        }
        return new IOException("cannot " + what + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        // The client holds nothing; the reader's thread is interrupted.
    }

    /** The client's stream throws what is no IOException, too. */
    private static final class Body extends InputStream {
        private final InputStream in;
        private final String what;

        Body(InputStream in, String what) {
            this.in = in;
            this.what = what;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] target, int at, int length) throws IOException {
            try {
                return in.read(target, at, length);
            } catch (RuntimeException e) {
                throw failed(what, e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
