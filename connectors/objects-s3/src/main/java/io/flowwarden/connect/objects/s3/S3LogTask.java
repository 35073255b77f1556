package io.flowwarden.connect.objects.s3;

import io.flowwarden.connect.objects.FlowLogObjectTask;
import io.flowwarden.connect.objects.ObjectStore;
import java.time.InstantSource;
import java.util.Map;

/** Reads a bucket. */
public final class S3LogTask extends FlowLogObjectTask {
    public S3LogTask() {
        super(InstantSource.system());
    }

    @Override
    protected ObjectStore open(Map<String, String> settings) {
        var config = new S3Config(settings);
        return new S3Store(config.client(), config.bucket());
    }
}
