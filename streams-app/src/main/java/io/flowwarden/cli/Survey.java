package io.flowwarden.cli;

import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a newcomer wants to know about a log: who moved most, what looks like replication, backup,
 * migration or heartbeats, what was unexpected. Bounded: of very many conversations the small ones
 * are forgotten.
 */
final class Survey {
    private static final int MAX_CONVERSATIONS = 20_000;

    /** Two flows always have one distance; only more of them have a rhythm. */
    private static final int FEWEST_OF_A_CADENCE = 4;

    private static final List<String> TELLING =
            List.of("replication", "backup", "migration", "heartbeat");

    /** Below it are ports that everybody uses (ssh, http, smb...): they suggest nothing. */
    private static final int FIRST_TELLING_PORT = 900;

    /** Sums over one conversation. */
    static final class Sum {
        private final Conversation conversation;
        private final Set<String> categories = new TreeSet<>();
        private String verdict;
        private long flows;
        private long bytes;
        private boolean sized;
        private long requests;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        Sum(Conversation conversation) {
            this.conversation = conversation;
        }

        Conversation conversation() {
            return conversation;
        }

        Set<String> categories() {
            return categories;
        }

        String verdict() {
            return verdict;
        }

        long flows() {
            return flows;
        }

        long bytes() {
            return bytes;
        }

        /** Whether any of its records stated bytes. */
        boolean sized() {
            return sized;
        }

        /** Whether it looks like this, and not only shares a port with it. */
        private boolean tells(String category) {
            Integer port = conversation.port();
            boolean sure = verdict.equals("EXPECTED");
            return categories.contains(category)
                    && (sure || port != null && port >= FIRST_TELLING_PORT);
        }

        /**
         * Mean time between records of the client's direction in ms, or 0 where they are too few to
         * tell.
         */
        long cadence() {
            return requests < FEWEST_OF_A_CADENCE ? 0 : (last - first) / (requests - 1);
        }
    }

    /** A kind of unexpected flow. */
    static final class Surprise {
        private final Conversation conversation;
        private final String reason;
        private final String explanation;
        private long flows;
        private long bytes;

        Surprise(Conversation conversation, String reason, String explanation) {
            this.conversation = conversation;
            this.reason = reason;
            this.explanation = explanation;
        }

        Conversation conversation() {
            return conversation;
        }

        String reason() {
            return reason;
        }

        String explanation() {
            return explanation;
        }

        long flows() {
            return flows;
        }

        long bytes() {
            return bytes;
        }
    }

    private record Cause(Conversation conversation, String reason) {}

    private final Function<String, String> categoryOfRule;
    private final Map<Conversation, Sum> sums = new HashMap<>();
    private final Map<Cause, Surprise> surprises = new HashMap<>();
    private boolean forgetful;

    /**
     * @param categoryOfRule gives a rule's category by its id, or null
     */
    Survey(Function<String, String> categoryOfRule) {
        this.categoryOfRule = categoryOfRule;
    }

    void add(JudgedFlow judged) {
        Flow flow = judged.getFlow();
        Conversation conversation = Conversation.of(judged);
        Sum sum = sums.computeIfAbsent(conversation, Sum::new);
        sum.flows++;
        sum.bytes += bytes(flow);
        sum.sized |= flow.getBytes() != null;
        sum.verdict = judged.getVerdict();
        boolean request = flow.getSrc() == null || flow.getSrc().equals(conversation.client());
        if (request) {
            sum.requests++;
            sum.first = Math.min(sum.first, flow.getStart());
            sum.last = Math.max(sum.last, flow.getStart());
        }
        addCategories(judged, sum);
        if (judged.getVerdict().equals("UNEXPECTED")) {
            var surprise =
                    surprises.computeIfAbsent(
                            new Cause(conversation, judged.getReason()),
                            cause ->
                                    new Surprise(
                                            conversation,
                                            judged.getReason(),
                                            judged.getExplanation()));
            surprise.flows++;
            surprise.bytes += bytes(flow);
        }
        forgetSmall();
    }

    /** Largest conversations by bytes. */
    List<Sum> largest(int count) {
        return bySize(sums.values().stream()).limit(count).toList();
    }

    /** Conversations that look like replication, backup, migration or heartbeats, by size. */
    List<Sum> telling(String category, int count) {
        return bySize(sums.values().stream().filter(sum -> sum.tells(category)))
                .limit(count)
                .toList();
    }

    static List<String> tellingCategories() {
        return TELLING;
    }

    /** Unexpected conversations, the busiest first. */
    List<Surprise> surprises(int count) {
        return surprises.values().stream()
                .sorted(
                        Comparator.comparingLong(Surprise::flows)
                                .reversed()
                                .thenComparing(surprise -> surprise.conversation().text()))
                .limit(count)
                .toList();
    }

    int surpriseCount() {
        return surprises.size();
    }

    /** True where small conversations were forgotten to bound memory. */
    boolean forgetful() {
        return forgetful;
    }

    private static Stream<Sum> bySize(Stream<Sum> all) {
        return all.sorted(
                Comparator.comparingLong(Sum::bytes)
                        .thenComparingLong(Sum::flows)
                        .reversed()
                        .thenComparing(sum -> sum.conversation().text()));
    }

    private void addCategories(JudgedFlow judged, Sum sum) {
        if (judged.getVerdict().equals("UNEXPECTED")) {
            return;
        }
        if (judged.getCategory() != null) {
            sum.categories.add(judged.getCategory());
            return;
        }
        for (String rule : judged.getCandidateRules()) {
            String category = categoryOfRule.apply(rule);
            if (category != null) {
                sum.categories.add(category);
            }
        }
    }

    /** Halves what is kept at least, so that its cost spreads over as many additions. */
    private void forgetSmall() {
        if (sums.size() > MAX_CONVERSATIONS) {
            forgetful = true;
            var kept = new HashSet<Sum>(largest(MAX_CONVERSATIONS / 4));
            for (String category : TELLING) {
                sums.values().stream()
                        .filter(sum -> sum.tells(category))
                        .sorted(Comparator.comparingLong(Sum::flows).reversed())
                        .limit(MAX_CONVERSATIONS / 16)
                        .forEach(kept::add);
            }
            sums.values().retainAll(kept);
        }
        if (surprises.size() > MAX_CONVERSATIONS) {
            forgetful = true;
            surprises.values().retainAll(new HashSet<>(surprises(MAX_CONVERSATIONS / 2)));
        }
    }

    private static long bytes(Flow flow) {
        long there = flow.getBytes() == null ? 0 : flow.getBytes();
        return there + (flow.getReverseBytes() == null ? 0 : flow.getReverseBytes());
    }
}
