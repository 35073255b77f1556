package io.flowwarden.judge;

import io.flowwarden.books.Account;
import io.flowwarden.books.Books;
import io.flowwarden.classify.Verdict;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;

/** What judging counts. */
final class VerdictBooks {
    private static final int VERDICTS = Verdict.values().length;
    private static final int OUTCOMES = Outcome.values().length;

    private final Account judged;
    private final Account[] verdicts = new Account[VERDICTS];
    private final Account[] outcomes = new Account[OUTCOMES];
    private final int[] verdictsHere = new int[VERDICTS];
    private final int[] outcomesHere = new int[OUTCOMES];

    VerdictBooks(Books books) {
        judged = books.account("judged");
        for (Verdict verdict : Verdict.values()) {
            verdicts[verdict.ordinal()] = books.account("verdicts", "verdict", verdict.name());
        }
        for (Outcome outcome : Outcome.values()) {
            outcomes[outcome.ordinal()] = books.account("outcomes", "outcome", outcome.name());
        }
    }

    void judged(FlowBatch flows, Verdicts judgements) {
        int rows = flows.size();
        for (int row = 0; row < rows; row++) {
            verdictsHere[judgements.verdict(row).ordinal()]++;
            outcomesHere[(int) flows.get(row, FlowColumn.OUTCOME, 0)]++;
        }
        judged.add(rows);
        post(verdictsHere, verdicts);
        post(outcomesHere, outcomes);
    }

    private static void post(int[] here, Account[] accounts) {
        for (int i = 0; i < here.length; i++) {
            if (here[i] != 0) {
                accounts[i].add(here[i]);
                here[i] = 0;
            }
        }
    }
}
