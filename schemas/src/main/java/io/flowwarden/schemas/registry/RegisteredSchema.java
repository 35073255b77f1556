package io.flowwarden.schemas.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param version counts from 1 within the subject
 * @param id the registry's number of this content, as framed into records
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
