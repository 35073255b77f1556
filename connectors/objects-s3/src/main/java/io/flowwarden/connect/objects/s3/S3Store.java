package io.flowwarden.connect.objects.s3;

import io.flowwarden.connect.objects.ObjectGone;
import io.flowwarden.connect.objects.ObjectStore;
import io.flowwarden.connect.objects.StoreRefused;
import io.flowwarden.connect.objects.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket. What lies in it never grows: a change is another object under the same key. */
final class S3Store implements ObjectStore {
    private final S3Client client;
    private final String bucket;
    private volatile Body open;

    S3Store(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return "s3://" + bucket;
    }

    @Override
    public boolean grows() {
        return false;
    }

    @Override
    public Page list(String prefix, String next) throws IOException {
        var request =
                ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .continuationToken(next)
                        .build();
        try {
            ListObjectsV2Response page = client.listObjectsV2(request);
            return new Page(
                    page.contents().stream().map(S3Store::object).toList(),
                    Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null);
        } catch (SdkException e) {
            throw failed("list " + name() + "/" + prefix, e);
        }
    }

    private static StoredObject object(S3Object object) {
        return new StoredObject(
                object.key(), object.size(), object.eTag(), object.lastModified().toEpochMilli());
    }

    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
        if (from >= object.size()) {
            return InputStream.nullInputStream();
        }
        var request =
                GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(object.key())
                        // Of what was listed, not of what somebody wrote over it since.
                        .ifMatch(object.etag())
                        .range(from == 0 ? null : "bytes=" + from + "-")
                        .build();
        try {
            open = new Body(client.getObject(request));
            return open;
        } catch (S3Exception e) {
            if (e.statusCode() == 404 || e.statusCode() == 412) {
                throw new ObjectGone(object.key(), e);
            }
            throw failed("read " + name() + "/" + object.key(), e);
        } catch (SdkException e) {
            throw failed("read " + name() + "/" + object.key(), e);
        }
    }

    private static IOException failed(String what, SdkException e) {
        boolean answered = e instanceof S3Exception;
        int status = answered ? ((S3Exception) e).statusCode() : 0;
        String why = answered ? ((S3Exception) e).awsErrorDetails().errorCode() : e.getMessage();
        if (status == 401 || status == 403 || !answered && noCredentials(e)) {
            return new StoreRefused(
                    "may not " + what + " (" + why + "): see s3.access.key.id, s3.region", e);
        }
        if (status == 404 || status == 301) {
            return new StoreRefused(
                    "cannot " + what + " (" + why + "): see s3.bucket, s3.region, s3.endpoint", e);
        }
        return new IOException("cannot " + what + ": " + why, e);
    }

    private static boolean noCredentials(SdkException e) {
        return String.valueOf(e.getMessage()).contains("Unable to load credentials");
    }

    @Override
    public void close() {
        Body body = open;
        if (body != null) {
            body.abort();
        }
        client.close();
    }

    /** Closing one that was not read to its end would read the rest first. */
    private static final class Body extends FilterInputStream {
        private final ResponseInputStream<GetObjectResponse> body;
        private boolean ended;

        Body(ResponseInputStream<GetObjectResponse> body) {
            super(body);
            this.body = body;
        }

        void abort() {
            body.abort();
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            ended = next < 0;
            return next;
        }

        @Override
        public int read(byte[] target, int at, int length) throws IOException {
            int count = super.read(target, at, length);
            ended = count < 0;
            return count;
        }

        @Override
        public void close() throws IOException {
            if (!ended) {
                body.abort();
            }
            super.close();
        }
    }
}
