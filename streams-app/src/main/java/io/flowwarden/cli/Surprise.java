package io.flowwarden.cli;

import io.flowwarden.schemas.JudgedFlow;

/** One kind of flow that somebody should look at: who with whom, and why. */
record Surprise(Conversation conversation, String verdict, String reason) {
    static Surprise of(JudgedFlow judged) {
        return new Surprise(Conversation.of(judged), judged.getVerdict(), judged.getReason());
    }

    /** {@code 2026-11-21 06:03:14 UNEXPECTED ROLE_MISMATCH 10.1.99.77 > 10.2.20.5:31031/tcp}. */
    static String line(JudgedFlow judged) {
        String outcome = judged.getFlow().getOutcome();
        return Times.seconds(judged.getFlow().getEnd())
                + "  "
                + judged.getVerdict()
                + (judged.getReason() == null ? "" : "  " + judged.getReason())
                + (outcome.equals("UNKNOWN") ? "" : "  " + outcome)
                + "  "
                + Conversation.of(judged).text();
    }

    /** What stands under the line. */
    static String explanation(JudgedFlow judged) {
        return SummaryText.wrapped(judged.getExplanation(), "    ");
    }
}
