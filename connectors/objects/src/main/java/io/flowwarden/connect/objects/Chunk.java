package io.flowwarden.connect.objects;

import io.flowwarden.raw.RawRecord;
import java.util.Map;

/**
 * What the reader hands to the task.
 *
 * @param raw a record, or null where only the offset has changed
 * @param completeUntil up to when the log is complete with it, epoch ms, or 0
 * @param bucket whose offset it is
 * @param offset the bucket's state with this record read
 */
record Chunk(RawRecord raw, long completeUntil, int bucket, Map<String, Object> offset) {}
