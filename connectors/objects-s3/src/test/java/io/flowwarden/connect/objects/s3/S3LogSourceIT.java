package io.flowwarden.connect.objects.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.connect.objects.ObjectGone;
import io.flowwarden.connect.objects.StoreRefused;
import io.flowwarden.connect.objects.StoredObject;
import io.flowwarden.testkit.NpmServer;
import io.flowwarden.testkit.TaskWorker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against an S3 server, in a JVM whose heap is 256 MiB. */
class S3LogSourceIT {
    private static final String FOLDER = "AWSLogs/1/vpcflowlogs/eu-west-3/2026/11/21/";
    private static final String HEADER = "version interface-id srcaddr dstaddr start end\n";

    @TempDir private static Path data;
    private static NpmServer server;

    private final TaskWorker worker = new TaskWorker();
    private final List<String> written = new ArrayList<>();
    private String bucket;
    private S3Client client;

    @BeforeAll
    static void serve() throws Exception {
        server =
                NpmServer.start(
                        "s3rver",
                        "3.7.1",
                        "bin/s3rver.js",
                        Pattern.compile("listening on (\\S+:\\d+)"),
                        // Its tokens of pages are enciphered with DES.
                        List.of("--openssl-legacy-provider"),
                        List.of(
                                "-d",
                                data.toString(),
                                "-a",
                                "127.0.0.1",
                                "-p",
                                "0",
                                "-s",
                                "--no-vhost-buckets"));
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeBucket(TestInfo test) {
        bucket = "b-" + test.getDisplayName().replaceAll("\\W", "").toLowerCase();
        bucket = bucket.substring(0, Math.min(40, bucket.length()));
        client =
                S3Client.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .region(Region.US_EAST_1)
                        .endpointOverride(URI.create(server.url()))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("S3RVER", "S3RVER")))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .forcePathStyle(true)
                        // The server would keep the frames of chunks.
                        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                        .build();
        client.createBucket(request -> request.bucket(bucket));
    }

    @AfterEach
    void stop() {
        worker.stop();
        client.close();
    }

    @Test
    void keysThatAppearLateAreFoundWhateverTheirName() throws Exception {
        for (int i = 3; i < 6; i++) {
            put("fl-0001_" + i + ".log.gz", 10);
        }
        start();
        worker.until(() -> worker.lines().size() == 30);
        put("fl-0001_0.log.gz", 10);
        worker.until(() -> worker.lines().size() == 40);
        put("fl-0001_4b.log.gz", 10);
        worker.until(() -> worker.lines().size() == 50);
        settle();
        assertEquals(sorted(written), sorted(worker.lines()));
    }

    @Test
    void aRestartInTheMiddleOfAnObjectNeitherLosesNorRepeatsARow() throws Exception {
        put("fl-0001_a.log.gz", 40_000);
        put("fl-0001_b.log", 40_000);
        for (int run = 0; run < 12; run++) {
            start();
            int before = worker.lines().size();
            int all = written.size();
            worker.until(() -> worker.lines().size() > before || worker.lines().size() == all);
            worker.crash();
        }
        start();
        worker.until(() -> worker.lines().size() >= written.size());
        settle();
        assertEquals(sorted(written), sorted(worker.lines()));
    }

    @Test
    void aBucketOfManyPagesIsListedWhole() throws Exception {
        var names = new TreeSet<String>();
        for (int i = 0; i < 1005; i++) {
            names.add(FOLDER + i);
            put(Integer.toString(i), new byte[] {'x'});
        }
        var store = new S3Store(client, bucket);
        var first = store.list(FOLDER, null);
        var second = store.list(FOLDER, first.next());
        assertNull(second.next());
        var listed = new TreeSet<String>();
        first.objects().forEach(object -> listed.add(object.key()));
        second.objects().forEach(object -> listed.add(object.key()));
        assertEquals(names, listed);
        assertEquals(1005, first.objects().size() + second.objects().size());
    }

    @Test
    void ofADamagedGzipTheRowsBeforeAreReadAndOtherObjectsWhole() throws Exception {
        byte[] whole = log(20_000, true);
        put("fl-0001_damaged.log.gz", Arrays.copyOf(whole, whole.length / 2));
        put("fl-0001_whole.log.gz", 10);
        start();
        worker.until(() -> worker.lines().contains(written.get(20_009)));
        settle();
        assertEquals(1, worker.metric("objects-damaged-total"));
        List<String> rows = worker.lines();
        assertTrue(rows.size() > 5000 && rows.size() < 20_000, rows.size() + " rows");
        var expected = new ArrayList<>(written.subList(0, rows.size() - 10));
        expected.addAll(written.subList(20_000, 20_010));
        assertEquals(sorted(expected), sorted(rows));
    }

    @Test
    void aMillionRowsPassThroughAHeapOf256MiB() throws Exception {
        assertTrue(Runtime.getRuntime().maxMemory() <= 256 << 20);
        Path log = data.resolve("million.log.gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(log), 1 << 16)) {
            gzip.write(HEADER.getBytes(UTF_8));
            for (int row = 0; row < 1_000_000; row++) {
                gzip.write((row(row) + "\n").getBytes(UTF_8));
            }
        }
        client.putObject(
                request -> request.bucket(bucket).key(FOLDER + "fl-0001_m.log.gz"),
                RequestBody.fromFile(log));
        var rows = new AtomicLong();
        var million =
                new TaskWorker(
                        record -> {
                            for (byte b : (byte[]) record.value()) {
                                rows.addAndGet(b == '\n' ? 1 : 0);
                            }
                        });
        million.start(new S3LogTask(), settings(Map.of()));
        million.until(() -> rows.get() >= 1_000_000);
        long scans = million.metric("scans-total");
        million.until(() -> million.metric("scans-total") > scans + 1);
        million.stop();
        assertEquals(1_000_000, rows.get());
    }

    @Test
    void whatWasReplacedOrDeletedSinceItWasListedIsGone() throws Exception {
        put("fl-0001_a.log", 10);
        var store = new S3Store(client, bucket);
        StoredObject object = store.list("", null).objects().get(0);
        try (var in = store.open(object, HEADER.length())) {
            assertEquals(
                    written.get(0),
                    new String(in.readAllBytes(), UTF_8).lines().findFirst().orElseThrow());
        }
        client.deleteObject(request -> request.bucket(bucket).key(object.key()));
        assertThrows(ObjectGone.class, () -> store.open(object, 0));
    }

    @Test
    void aWrongKeyOrBucketSaysWhichOptionsToSee() throws Exception {
        var other = new S3Config(settings(Map.of("s3.access.key.id", "other"))).client();
        var wrong = new S3Store(other, bucket);
        assertEquals(
                "may not list s3://"
                        + bucket
                        + "/ (InvalidAccessKeyId): see s3.access.key.id, s3.region",
                assertThrows(StoreRefused.class, () -> wrong.list("", null)).getMessage());
        var absent = new S3Store(client, "no-such-bucket");
        assertEquals(
                "cannot list s3://no-such-bucket/ (NoSuchBucket): see s3.bucket, s3.region,"
                        + " s3.endpoint",
                assertThrows(StoreRefused.class, () -> absent.list("", null)).getMessage());
    }

    /** The store's times are whole seconds, so objects of one test come in any order. */
    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private void start() {
        worker.start(new S3LogTask(), settings(Map.of()));
    }

    /** Two more listings: whatever would be read twice has been by then. */
    private void settle() throws InterruptedException {
        long scans = worker.metric("scans-total");
        worker.until(() -> worker.metric("scans-total") > scans + 1);
    }

    private Map<String, String> settings(Map<String, String> more) {
        var settings =
                new HashMap<>(
                        Map.of(
                                "s3.bucket", bucket,
                                "s3.endpoint", server.url(),
                                "s3.path.style", "true",
                                "s3.access.key.id", "S3RVER",
                                "s3.secret.access.key", "S3RVER",
                                "scan.interval.ms", "100",
                                "topic.partitions", "1"));
        settings.putAll(more);
        return settings;
    }

    private void put(String name, int rows) throws IOException {
        put(name, log(rows, name.endsWith(".gz")));
    }

    private void put(String name, byte[] content) {
        client.putObject(
                request -> request.bucket(bucket).key(FOLDER + name),
                RequestBody.fromBytes(content));
    }

    private byte[] log(int rows, boolean gzip) throws IOException {
        var text = new StringBuilder(HEADER);
        for (int i = 0; i < rows; i++) {
            written.add(row(written.size()));
            text.append(written.get(written.size() - 1)).append('\n');
        }
        byte[] plain = text.toString().getBytes(UTF_8);
        if (!gzip) {
            return plain;
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String row(int row) {
        return "2 eni-1 10.1.0." + row % 256 + " 10.2.0.1 17" + (10_000_000 + row) + " 1700000060";
    }
}
