package io.flowwarden.cli;

import io.flowwarden.books.AccountName;
import io.flowwarden.udp.UdpCounts;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every sum that has to agree with another, and the other, in a line. */
final class BooksLine {
    private BooksLine() {}

    /**
     * @param udp since the start; what was dropped includes what the kernel had to
     */
    static String of(SortedMap<AccountName, Long> books, UdpCounts udp) {
        var totals = new TreeMap<String, Long>();
        var verdicts = new TreeMap<String, Long>();
        books.forEach(
                (account, sum) -> {
                    totals.merge(account.counted(), sum, Long::sum);
                    if (account.counted().equals("verdicts") && sum > 0) {
                        verdicts.put(account.value(), sum);
                    }
                });
        return "books  udp "
                + udp.received()
                + " (dropped "
                + (udp.dropped() + udp.kernelDropped().orElse(0))
                + ", no export "
                + udp.refused()
                + (udp.unlisted() > 0 ? ", unlisted " + udp.unlisted() : "")
                + ")  raw "
                + sums(totals, "raw", "decoded", "rejected", "ticks", "repeats", "misplaced")
                + "  flows "
                + totals.getOrDefault("judged", 0L)
                + " = "
                + plus(verdicts);
    }

    private static String sums(Map<String, Long> totals, String whole, String... parts) {
        var shown = new TreeMap<String, Long>();
        for (String part : parts) {
            long sum = totals.getOrDefault(part, 0L);
            if (sum > 0 || !part.equals("misplaced")) {
                shown.put(part, sum);
            }
        }
        return totals.getOrDefault(whole, 0L) + " = " + plus(shown);
    }

    private static String plus(Map<String, Long> parts) {
        var text = new ArrayList<String>();
        parts.forEach((name, count) -> text.add(name + " " + count));
        return String.join(" + ", text);
    }
}
