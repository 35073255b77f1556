package io.flowwarden.connect.objects.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.flowwarden.connect.objects.ObjectGone;
import io.flowwarden.connect.objects.StoreRefused;
import io.flowwarden.connect.objects.StoredObject;
import io.flowwarden.testkit.NpmServer;
import io.flowwarden.testkit.TaskWorker;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Against an Azure Blob server. */
class AzureBlobLogSourceIT {
    private static final String HOUR = "resourceId=/NETWORK/NW/y=2026/m=11/d=21/h=08/m=00/";
    private static final String HEADER = "version interface-id srcaddr dstaddr start end\n";

    private static final Pattern TUPLE = Pattern.compile("\"(\\d{13},[^\"]*)\"");

    /** The emulator's well-known account. */
    private static final String ACCOUNT = "devstoreaccount1";

    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"
                    + "/K1SZFPTOtr/KBHBeksoGMGw==";

    private static NpmServer server;

    private final TaskWorker worker = new TaskWorker();
    private final List<String> written = new ArrayList<>();
    private String name;
    private BlobContainerClient container;

    @BeforeAll
    static void serve() throws Exception {
        server =
                NpmServer.start(
                        "azurite",
                        "3.37.0",
                        "dist/src/blob/main.js",
                        Pattern.compile("successfully listens on http://(\\S+)"),
                        List.of(),
                        List.of(
                                "--blobPort",
                                "0",
                                "--inMemoryPersistence",
                                "--silent",
                                "--disableTelemetry",
                                "--skipApiVersionCheck"));
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeContainer(TestInfo test) {
        name = test.getDisplayName().replaceAll("\\W", "").toLowerCase(java.util.Locale.ROOT);
        name = name.substring(0, Math.min(60, name.length()));
        container = new AzureConfig(settings(Map.of())).container();
        container.create();
    }

    @AfterEach
    void stop() {
        worker.stop();
    }

    @Test
    void aBlobThatGrowsGivesEachRowOnceAlsoAcrossRestarts() throws Exception {
        AppendBlobClient blob = container.getBlobClient(HOUR + "a.log").getAppendBlobClient();
        blob.create();
        append(blob, HEADER);
        for (int block = 0; block < 10; block++) {
            String rows = rows(100);
            int half = rows.length() / 2;
            append(blob, rows.substring(0, half));
            start();
            long scans = worker.metric("scans-total");
            worker.until(() -> worker.metric("scans-total") > scans);
            append(blob, rows.substring(half));
            worker.until(() -> worker.lines().size() >= written.size());
            worker.crash();
        }
        start();
        settle();
        assertEquals(written, worker.lines());
    }

    /** As the service writes them: each minute a block before the one that closes the array. */
    @Test
    void ofAFlowLogThatGrowsOnlyWhatIsNewIsRead() throws Exception {
        BlockBlobClient blob = container.getBlobClient(HOUR + "PT1H.json").getBlockBlobClient();
        var blocks =
                new ArrayList<String>(List.of(stage(blob, "{\"records\":["), stage(blob, "]}")));
        var tuples = new ArrayList<String>();
        long size = 0;
        for (int minute = 0; minute < 20; minute++) {
            var record = new StringBuilder(minute == 0 ? "" : ",");
            record.append(
                    "{\"flowLogResourceID\":\"/S/FLOWLOGS/PARIS\",\"flowRecords\":{\"flows\":[");
            record.append("{\"aclID\":\"a\",\"flowGroups\":[{\"rule\":\"r\",\"flowTuples\":[");
            for (int i = 0; i < 300; i++) {
                String tuple =
                        1_700_000_000_000L
                                + tuples.size()
                                + ",10.0.0.1,10.0.0.2,1,2,6,O,B,NX,0,0,0,0";
                tuples.add(tuple);
                record.append(i == 0 ? "" : ",").append('"').append(tuple).append('"');
            }
            size += record.append("]}]}]}}").length();
            blocks.add(blocks.size() - 1, stage(blob, record.toString()));
            blob.commitBlockList(blocks, true);
            if (minute % 5 == 0) {
                worker.stop();
                start();
            }
            worker.until(() -> tuples().size() >= tuples.size());
        }
        assertEquals(tuples, tuples());
        long before = worker.metric("bytes-read-total");
        blob.commitBlockList(blocks, true);
        settle();
        assertEquals(tuples, tuples());
        // Since the last start there were four minutes; the first reading may look at the whole.
        assertTrue(before < size / 3, before + " bytes of " + size);
    }

    private static String stage(BlockBlobClient blob, String text) {
        String id =
                Base64.getEncoder().encodeToString(UUID.randomUUID().toString().getBytes(UTF_8));
        byte[] bytes = text.getBytes(UTF_8);
        blob.stageBlock(id, new ByteArrayInputStream(bytes), bytes.length);
        return id;
    }

    private List<String> tuples() {
        return worker.lines().stream()
                .flatMap(line -> TUPLE.matcher(line).results())
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void blobsThatAppearLateAreFoundWhateverTheirName() throws Exception {
        for (String key : List.of("m", "c", "x", "a")) {
            put(HOUR + key + ".log", HEADER + rows(50));
            start();
            worker.until(() -> worker.lines().size() >= written.size());
            worker.stop();
        }
        assertEquals(written, worker.lines());
    }

    @Test
    void onlyTheBytesAskedForAreRead() throws Exception {
        put("a", "0123456789");
        var store = new AzureStore(container);
        StoredObject blob = store.list("", null).objects().get(0);
        assertEquals("789", text(store, blob, 7));
        assertEquals("", text(store, blob, 10));
        container.getBlobClient("a").delete();
        assertThrows(ObjectGone.class, () -> store.open(blob, 0));
    }

    @Test
    void aBlobThatChangesWhileItIsReadFailsInsteadOfMixing() throws Exception {
        put("a", "x".repeat(3 << 20));
        var store = new AzureStore(container);
        try (var in = store.open(store.list("", null).objects().get(0), 0)) {
            in.readNBytes(10);
            put("a", "y".repeat(3 << 20));
            assertThrows(java.io.IOException.class, in::readAllBytes);
        }
    }

    @Test
    void aWrongKeyOrContainerSaysWhichOptionsToSee() {
        var wrong =
                new AzureStore(
                        new AzureConfig(settings(Map.of("azure.account.key", "YQ=="))).container());
        String refused = assertThrows(StoreRefused.class, () -> wrong.list("", null)).getMessage();
        assertEquals(
                "may not list "
                        + wrong.name()
                        + "/ (AuthorizationFailure): see"
                        + " azure.connection.string, azure.sas.token, azure.account.key",
                refused);
        container.delete();
        var absent = new AzureStore(container);
        String missing = assertThrows(StoreRefused.class, () -> absent.list("", null)).getMessage();
        assertEquals(
                "cannot list " + absent.name() + "/ (ContainerNotFound): see azure.container",
                missing);
    }

    private static String text(AzureStore store, StoredObject blob, long from) throws Exception {
        try (var in = store.open(blob, from)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private void start() {
        worker.start(new AzureBlobLogTask(), settings(Map.of()));
    }

    private void settle() throws InterruptedException {
        long scans = worker.metric("scans-total");
        worker.until(() -> worker.metric("scans-total") > scans + 1);
    }

    private Map<String, String> settings(Map<String, String> more) {
        var settings =
                new HashMap<>(
                        Map.of(
                                "azure.container",
                                name,
                                "azure.endpoint",
                                server.url() + "/" + ACCOUNT,
                                "azure.account.name",
                                ACCOUNT,
                                "azure.account.key",
                                KEY,
                                "scan.interval.ms",
                                "100",
                                "topic.partitions",
                                "1"));
        settings.putAll(more);
        return settings;
    }

    private void put(String key, String text) {
        container.getBlobClient(key).upload(BinaryData.fromString(text), true);
    }

    private static void append(AppendBlobClient blob, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        blob.appendBlock(new ByteArrayInputStream(bytes), bytes.length);
    }

    private String rows(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String row =
                    "2 eni-1 10.1.0.1 10.2.0.1 17" + (10_000_000 + written.size()) + " 1700000060";
            written.add(row);
            text.append(row).append('\n');
        }
        return text.toString();
    }
}
