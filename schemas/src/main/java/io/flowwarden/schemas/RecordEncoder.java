package io.flowwarden.schemas;

/** Turns records of one type into values of one topic. Not thread-safe: one per thread. */
@FunctionalInterface
public interface RecordEncoder<T> {
    /** Returns the framed value, in an array of its own. */
    byte[] encode(T record);
}
