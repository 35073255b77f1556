package io.flowwarden;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nothing that can fail is deserialized by a source: raw records are bytes, keys of catalog and
 * estate are text. If something does fail, it is left out and said, since a global source that
 * fails does so again at every start.
 */
public final class DeserializationAlarm implements DeserializationExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeserializationAlarm.class);

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception fault) {
        LOG.error(
                "cannot read {}-{} offset {}",
                record.topic(),
                record.partition(),
                record.offset(),
                fault);
        return Response.resume();
    }
}
