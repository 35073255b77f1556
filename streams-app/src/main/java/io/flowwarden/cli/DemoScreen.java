package io.flowwarden.cli;

import io.flowwarden.books.AccountName;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.udp.UdpCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the demo shows: each kind of unexpected flow once, and the books now and then. */
final class DemoScreen {
    private record Kind(Conversation conversation, String reason) {}

    private final Output out;
    private final Set<Kind> shown = new HashSet<>();

    DemoScreen(Output out) {
        this.out = out;
    }

    void say(String line) throws IOException {
        out.line(line);
        out.flush();
    }

    void judged(JudgedFlow judged) throws IOException {
        var kind = new Kind(Conversation.of(judged), judged.getReason());
        if (judged.getVerdict().equals("UNEXPECTED") && shown.add(kind)) {
            out.line(
                    Times.seconds(judged.getFlow().getEnd())
                            + "  UNEXPECTED  "
                            + judged.getReason()
                            + "  "
                            + kind.conversation().text());
            say(SummaryText.wrapped(judged.getExplanation(), "    "));
        }
    }

    /** Every sum that has to agree with another, and the other. */
    void books(SortedMap<AccountName, Long> books, UdpCounts udp) throws IOException {
        var totals = new TreeMap<String, Long>();
        var verdicts = new TreeMap<String, Long>();
        books.forEach(
                (account, sum) -> {
                    totals.merge(account.counted(), sum, Long::sum);
                    if (account.counted().equals("verdicts") && sum > 0) {
                        verdicts.put(account.value(), sum);
                    }
                });
        say(
                "books  udp "
                        + udp.received()
                        + " (dropped "
                        + udp.dropped()
                        + ", no export "
                        + udp.refused()
                        + ")  raw "
                        + sums(totals, "raw", "decoded", "rejected", "ticks", "repeats")
                        + "  flows "
                        + totals.getOrDefault("judged", 0L)
                        + " = "
                        + plus(verdicts));
    }

    private static String sums(Map<String, Long> totals, String whole, String... parts) {
        var shown = new TreeMap<String, Long>();
        for (String part : parts) {
            shown.put(part, totals.getOrDefault(part, 0L));
        }
        return totals.getOrDefault(whole, 0L) + " = " + plus(shown);
    }

    private static String plus(Map<String, Long> parts) {
        var text = new ArrayList<String>();
        parts.forEach((name, count) -> text.add(name + " " + count));
        return String.join(" + ", text);
    }
}
