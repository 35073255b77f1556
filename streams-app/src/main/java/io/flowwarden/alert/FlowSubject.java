package io.flowwarden.alert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The conversations of one client (or server, or link) that have or may get an alert. */
final class FlowSubject {
    private static final int VERSION = 1;

    /**
     * One of them.
     *
     * @param key of its alert
     * @param family reason, server's endpoint and port: many alike share an alert
     * @param held whether it waits to be an alert
     * @param seen tick time of the last finding about it
     */
    record Entry(String key, String family, boolean held, long seen) {}

    final List<Entry> entries = new ArrayList<>();

    /** Key of the alert that stands for all of them, or null. */
    String crowd;

    /** Tick time of the last finding that went into the crowd. */
    long crowdSeen;

    Entry of(String key) {
        return entries.stream().filter(e -> e.key().equals(key)).findFirst().orElse(null);
    }

    void put(Entry entry) {
        remove(entry.key());
        entries.add(entry);
    }

    void remove(String key) {
        entries.removeIf(e -> e.key().equals(key));
    }

    boolean isEmpty() {
        return entries.isEmpty() && crowd == null;
    }

    static FlowSubject decode(byte[] stored) {
        FlowSubject known = Fields.decode(VERSION, stored, FlowSubject::read);
        return known == null ? new FlowSubject() : known;
    }

    byte[] encode() {
        return Fields.encode(VERSION, this, FlowSubject::write);
    }

    private static void write(Fields.Writer to, FlowSubject subject) throws IOException {
        to.list(
                subject.entries,
                (out, e) -> out.text(e.key()).text(e.family()).flag(e.held()).number(e.seen()));
        to.text(subject.crowd).number(subject.crowdSeen);
    }

    private static FlowSubject read(Fields.Reader from) throws IOException {
        var subject = new FlowSubject();
        subject.entries.addAll(
                from.list(in -> new Entry(in.text(), in.text(), in.flag(), in.number())));
        subject.crowd = from.text();
        subject.crowdSeen = from.number();
        return subject;
    }
}
