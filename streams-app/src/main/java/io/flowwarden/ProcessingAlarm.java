package io.flowwarden;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exception out of a step is our bug, since the steps are total: it says where and fails the
 * thread. Going on would leave out what the record should have become.
 */
public final class ProcessingAlarm implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessingAlarm.class);

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception fault) {
        LOG.error(
                "step {} failed on {}-{} offset {}",
                context.processorNodeId(),
                context.topic(),
                context.partition(),
                context.offset(),
                fault);
        return Response.fail();
    }
}
