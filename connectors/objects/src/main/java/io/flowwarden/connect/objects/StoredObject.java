package io.flowwarden.connect.objects;

/**
 * An object as a store lists it.
 *
 * @param key name within the store
 * @param size in bytes
 * @param etag changes whenever the content does
 * @param modified when the store last changed it, epoch ms
 */
public record StoredObject(String key, long size, String etag, long modified) {}
