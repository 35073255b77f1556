package io.flowwarden.connect.objects.azure;

import io.flowwarden.connect.objects.FlowLogObjectTask;
import io.flowwarden.connect.objects.ObjectStore;
import java.time.InstantSource;
import java.util.Map;

/** Reads a container. */
public final class AzureBlobLogTask extends FlowLogObjectTask {
    public AzureBlobLogTask() {
        super(InstantSource.system());
    }

    @Override
    protected ObjectStore open(Map<String, String> settings) {
        return new AzureStore(new AzureConfig(settings).container());
    }
}
