package io.flowwarden.connect.objects.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.specialized.AppendBlobClient;
import io.flowwarden.connect.objects.ObjectGone;
import io.flowwarden.connect.objects.StoreRefused;
import io.flowwarden.connect.objects.StoredObject;
import io.flowwarden.testkit.NpmServer;
import io.flowwarden.testkit.TaskWorker;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
