package io.flowwarden.detect;

/** Takes what detectors find, in order. */
public interface Findings {
    /**
     * @param key what it is about: {@link FindingKeys}
     * @param source source id that saw it
     * @param at event time, epoch ms
     * @param body a branch of Finding.body
     */
    void find(String key, String source, long at, Object body);
}
