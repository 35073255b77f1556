package io.flowwarden.classify;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A verdict with what it rests on; one instance is shared by all flows alike.
 *
 * @param reason why it is UNEXPECTED or OUT_OF_SCOPE, else null
 * @param policy policy that decided it, or null
 * @param rule rule that decided it, or null
 * @param category what the traffic is for, or null
 * @param nearest rule that came closest, where it is UNEXPECTED
 * @param failed the condition of it that did not hold
 * @param candidates how many rules are possible where none is named
 * @param candidateRules the first three of them
 */
record Judgement(
        Verdict verdict,
        Reason reason,
        Policy policy,
        Rule rule,
        String category,
        Rule nearest,
        Condition failed,
        int candidates,
        List<Rule> candidateRules,
        Set<Mark> marks) {
    private static final int NAMED_CANDIDATES = 3;

    static Judgement outOfScope(Reason reason) {
        return new Judgement(
                Verdict.OUT_OF_SCOPE, reason, null, null, null, null, null, 0, List.of(), Set.of());
    }

    static Judgement expected(Rule rule) {
        return new Judgement(
                Verdict.EXPECTED,
                null,
                null,
                rule,
                rule.text.getCategory(),
                null,
                null,
                0,
                List.of(),
                rule.marks);
    }

    /**
     * Names the rule, or the category, only if just one is possible; marks are those that all
     * share.
     */
    static Judgement plausible(List<Rule> possible) {
        Rule first = possible.get(0);
        boolean one = possible.size() == 1;
        String category = first.text.getCategory();
        boolean sameCategory =
                possible.stream().allMatch(r -> r.text.getCategory().equals(category));
        var marks = EnumSet.copyOf(first.marks);
        possible.forEach(r -> marks.retainAll(r.marks));
        return new Judgement(
                Verdict.PLAUSIBLE,
                null,
                null,
                one ? first : null,
                sameCategory ? category : null,
                null,
                null,
                one ? 0 : possible.size(),
                one
                        ? List.of()
                        : List.copyOf(
                                possible.subList(0, Math.min(NAMED_CANDIDATES, possible.size()))),
                marks);
    }

    static Judgement unexpected(Reason reason, Rule nearest, Condition failed) {
        return new Judgement(
                Verdict.UNEXPECTED,
                reason,
                null,
                null,
                null,
                nearest,
                failed,
                0,
                List.of(),
                Set.of());
    }

    /** Local law on top of what the catalog says; its category and marks stay if it knows any. */
    static Judgement byPolicy(Policy policy, boolean guess, Judgement catalog) {
        if (!policy.allow() && guess) {
            return catalog;
        }
        boolean fits = catalog.verdict == Verdict.EXPECTED || catalog.verdict == Verdict.PLAUSIBLE;
        Verdict allowed = guess ? Verdict.PLAUSIBLE : Verdict.EXPECTED;
        return new Judgement(
                policy.allow() ? allowed : Verdict.UNEXPECTED,
                policy.allow() ? null : Reason.POLICY_DENIED,
                policy,
                null,
                fits ? catalog.category : null,
                policy.allow() ? null : catalog.rule,
                policy.allow() ? null : Condition.POLICY,
                0,
                List.of(),
                fits ? catalog.marks : Set.of());
    }
}
