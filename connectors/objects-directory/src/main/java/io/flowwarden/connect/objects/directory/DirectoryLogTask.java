package io.flowwarden.connect.objects.directory;

import io.flowwarden.connect.objects.FlowLogObjectTask;
import io.flowwarden.connect.objects.ObjectStore;
import java.time.InstantSource;
import java.util.Map;

/** Reads a directory. */
public final class DirectoryLogTask extends FlowLogObjectTask {
    public DirectoryLogTask() {
        super(InstantSource.system());
    }

    @Override
    protected ObjectStore open(Map<String, String> settings) {
        return new DirectoryStore(new DirectoryConfig(settings).path());
    }
}
