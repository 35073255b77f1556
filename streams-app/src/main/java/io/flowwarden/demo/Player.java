package io.flowwarden.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Plays the scenario as datagrams of its exporters. */
public final class Player {
    /** Routers that had been up for an hour when the play began. */
    private static final long UPTIME = 3_600_000;

    /** Takes a datagram that an exporter sends. */
    @FunctionalInterface
    public interface Wire {
        void send(byte[] datagram) throws IOException;
    }

    private final Scenario scenario = new Scenario();
    private final TreeMap<Integer, Netflow9> exporters = new TreeMap<>();
    private final Wire wire;
    private int second;

    /**
     * @param now epoch ms of the beginning
     */
    public Player(long now, Wire wire) {
        this.wire = wire;
        exporters.put(Scenario.PARIS, new Netflow9(Scenario.PARIS, now - UPTIME));
        exporters.put(Scenario.LYON, new Netflow9(Scenario.LYON, now - UPTIME));
    }

    /**
     * Sends what the exporters report in the next second of the scenario.
     *
     * @param now epoch ms
     * @return how many flow records were sent
     */
    public int playSecond(long now) throws IOException {
        var exports = scenario.in(second++);
        int sent = 0;
        for (var exporter : exporters.entrySet()) {
            var records = new ArrayList<Netflow9.Record>();
            for (Scenario.Export export : exports) {
                if (export.talk().domain() == exporter.getKey()) {
                    addRecords(export, now, records);
                }
            }
            sent += send(exporter.getValue(), records, now);
        }
        return sent;
    }

    private int send(Netflow9 exporter, List<Netflow9.Record> records, long now)
            throws IOException {
        int most = Netflow9.recordsPerDatagram();
        for (int from = 0; from < records.size(); from += most) {
            int to = Math.min(records.size(), from + most);
            wire.send(exporter.datagram(records.subList(from, to), now));
        }
        return records.size();
    }

    private static void addRecords(
            Scenario.Export export, long now, List<Netflow9.Record> records) {
        Talk talk = export.talk();
        long start = now - 900;
        records.add(
                new Netflow9.Record(
                        talk.client(),
                        talk.server(),
                        export.clientPort(),
                        talk.port(),
                        talk.protocol(),
                        talk.flags(),
                        talk.bytes(),
                        talk.packets(),
                        start,
                        now - 100));
        if (talk.answered()) {
            // Acknowledgements mostly, a few milliseconds later.
            records.add(
                    new Netflow9.Record(
                            talk.server(),
                            talk.client(),
                            talk.port(),
                            export.clientPort(),
                            talk.protocol(),
                            talk.flags(),
                            talk.packets() * 26,
                            talk.packets() / 2 + 1,
                            start + 4,
                            now - 96));
        }
    }
}
