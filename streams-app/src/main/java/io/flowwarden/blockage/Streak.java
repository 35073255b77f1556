package io.flowwarden.blockage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.net.Address;
import io.flowwarden.schemas.Attempt;
import io.flowwarden.schemas.StoredRecords;
import io.flowwarden.schemas.Talk;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/**
 * Attempts of one conversation in a row, as one source sees it, without a success between. What is
 * told of it is kept as the finding itself.
 */
final class Streak {
    private static final StoredRecords<Attempt> RECORDS = new StoredRecords<>(Attempt.class);

    static final String BLOCKED = "BLOCKED";

    /** Attempts whose client port is remembered, to take two records of one attempt as one. */
    private static final int REMEMBERED = 8;

    private static final int MOST_SAMPLES = 5;

    /** State of a streak that nobody was told of. */
    private static final String QUIET = "";

    final String source;
    final long hash;
    final Attempt attempt;
    final long clientHi;
    final long clientLo;
    final long serverHi;
    final long serverLo;

    /** Evidence above, client port below; 0 is none. */
    final int[] recent = new int[REMEMBERED];

    /** Of the interface that showed the last attempt, 0 where none is stated. */
    int networkInterface;

    /** Time without attempts after which it is over, ms, the source's reporting delay included. */
    long patience;

    /** Event time of the last finding. */
    long told;

    /** Place among all streaks: the least was touched longest ago. */
    long touch;

    /** When it was indexed to end; of the heap only. */
    long due;

    boolean changed;
    boolean gone;

    Streak(String source, long hash, Attempt attempt) {
        this.source = source;
        this.hash = hash;
        this.attempt = attempt;
        Talk talk = attempt.getTalk();
        long[] client = Address.parse(talk.getClient());
        long[] server = Address.parse(talk.getServer());
        clientHi = client[0];
        clientLo = client[1];
        serverHi = server[0];
        serverLo = server[1];
    }

    static Streak begin(
            String source, long hash, Talk talk, String link, String rule, String category) {
        var attempt = new Attempt();
        attempt.setLink(link);
        attempt.setTalk(talk);
        attempt.setState(QUIET);
        attempt.setEvidence("");
        attempt.setFirst(Long.MAX_VALUE);
        attempt.setLast(Long.MIN_VALUE);
        attempt.setRule(rule);
        attempt.setCategory(category);
        attempt.setSamples(new ArrayList<>());
        return new Streak(source, hash, attempt);
    }

    boolean blocked() {
        return attempt.getState().equals(BLOCKED);
    }

    Evidence evidence() {
        return Evidence.valueOf(attempt.getEvidence());
    }

    boolean isFresh() {
        return attempt.getCount() == 0;
    }

    long last() {
        return attempt.getLast();
    }

    long first() {
        return attempt.getFirst();
    }

    boolean tcp() {
        return attempt.getTalk().getTransport().equals("tcp");
    }

    /**
     * One more record of a failed attempt.
     *
     * @return whether it tells more than was known
     */
    boolean add(Evidence evidence, int clientPort, long start, long end) {
        if (!isFresh() && isOther(evidence, clientPort)) {
            if (!evidence.explains(evidence())) {
                return false;
            }
            attempt.setEvidence(evidence.name());
            return true;
        }
        // A SYN is seen for every refused attempt too: it says less.
        if (isFresh() || !evidence().explains(evidence)) {
            attempt.setEvidence(evidence.name());
        }
        attempt.setCount(attempt.getCount() + 1);
        attempt.setFirst(Math.min(attempt.getFirst(), start));
        attempt.setLast(Math.max(attempt.getLast(), end));
        System.arraycopy(recent, 0, recent, 1, REMEMBERED - 1);
        recent[0] = entry(evidence, clientPort);
        return true;
    }

    void explain(Evidence evidence) {
        attempt.setEvidence(evidence.name());
    }

    boolean wantsSample() {
        return attempt.getSamples().size() < MOST_SAMPLES;
    }

    void sample(String words) {
        attempt.getSamples().add(words);
    }

    /** Whether the other record of this attempt was counted: its SYN, or the RST that answered. */
    private boolean isOther(Evidence evidence, int clientPort) {
        Evidence other =
                evidence == Evidence.REFUSED
                        ? Evidence.UNANSWERED
                        : evidence == Evidence.UNANSWERED ? Evidence.REFUSED : null;
        if (other == null || clientPort == 0) {
            return false;
        }
        int wanted = entry(other, clientPort);
        for (int i = 0; i < REMEMBERED; i++) {
            if (recent[i] == wanted) {
                recent[i] = 0;
                return true;
            }
        }
        return false;
    }

    private static int entry(Evidence evidence, int clientPort) {
        return evidence.ordinal() + 1 << 16 | clientPort;
    }

    /** A finding as things stand. */
    Attempt tell(String state, String evidence) {
        return new Attempt(
                attempt.getLink(),
                attempt.getTalk(),
                state,
                evidence,
                attempt.getCount(),
                attempt.getFirst(),
                attempt.getLast(),
                attempt.getLastGood(),
                attempt.getRule(),
                attempt.getCategory(),
                new ArrayList<>(attempt.getSamples()));
    }

    byte[] encoded() {
        byte[] name = source.getBytes(UTF_8);
        ByteBuffer body = RECORDS.write(attempt);
        int size =
                5 * Long.BYTES + (REMEMBERED + 2) * Integer.BYTES + name.length + body.remaining();
        var out = ByteBuffer.allocate(size).putLong(hash).putLong(patience).putLong(told);
        out.putLong(touch).putLong(due).putInt(networkInterface);
        for (int one : recent) {
            out.putInt(one);
        }
        return out.putInt(name.length).put(name).put(body).array();
    }

    /** What {@link #encoded} wrote, or null where another version of the vocabulary did. */
    static Streak decoded(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        long hash = in.getLong();
        long patience = in.getLong();
        long told = in.getLong();
        long touch = in.getLong();
        long due = in.getLong();
        int networkInterface = in.getInt();
        int[] recent = new int[REMEMBERED];
        for (int i = 0; i < REMEMBERED; i++) {
            recent[i] = in.getInt();
        }
        byte[] name = new byte[in.getInt()];
        in.get(name);
        Attempt attempt = RECORDS.read(in);
        if (attempt == null) {
            return null;
        }
        var streak = new Streak(new String(name, UTF_8), hash, attempt);
        streak.patience = patience;
        streak.told = told;
        streak.touch = touch;
        streak.due = due;
        streak.networkInterface = networkInterface;
        System.arraycopy(recent, 0, streak.recent, 0, REMEMBERED);
        return streak;
    }
}
