package io.flowwarden.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The beginning of an answer, enough to say why; the rest is read and thrown away. */
final class BodyHead implements BodySubscriber<String> {
    private static final int LONGEST = 300;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final CompletableFuture<String> whole = new CompletableFuture<>();

    @Override
    public CompletionStage<String> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining() && head.size() < LONGEST) {
                head.write(buffer.get());
            }
        }
    }

    @Override
    public void onError(Throwable failed) {
        whole.completeExceptionally(failed);
    }

    @Override
    public void onComplete() {
        whole.complete(head.toString(UTF_8));
    }
}
