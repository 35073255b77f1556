package io.flowwarden.config;

import io.flowwarden.raw.RawFormat;

/**
 * A topic that raw records are read from.
 *
 * @param topic full name
 * @param format of records that name none; null if each must name its own
 */
public record InputConfig(String topic, RawFormat format) {}
