package io.flowwarden.classify;

import io.flowwarden.net.Prefix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds a {@link PrefixTable} from distinct prefixes and the value of each. */
final class PrefixTableBuilder {
    /**
     * Supernets before what they contain, neighbours in the order of their addresses. IPv4 comes
     * apart, since ::/0 is not meant to hold it.
     */
    static final Comparator<Prefix> NESTING =
            Comparator.comparing(Prefix::isV4)
                    .thenComparing(Prefix::hi, Long::compareUnsigned)
                    .thenComparing(Prefix::lo, Long::compareUnsigned)
                    .thenComparingInt(Prefix::length);

    private final Ints values = new Ints();
    private final Ints starts = new Ints();
    private final Ints owners = new Ints();
    private final Map<Integer, List<int[]>> v6 = new TreeMap<>(Comparator.reverseOrder());
    private long[] chunks = new long[64];
    private int chunkCount;

    private PrefixTableBuilder() {}

    /**
     * @param prefixes distinct, in {@link #NESTING} order
     * @param value by prefix, not negative
     */
    static PrefixTable build(List<Prefix> prefixes, int[] value) {
        var builder = new PrefixTableBuilder();
        builder.paint(prefixes, value);
        int[] root = builder.root();
        return new PrefixTable(
                root,
                Arrays.copyOf(builder.chunks, builder.chunkCount * 8),
                builder.values.toArray(),
                builder.v6Tables(prefixes, value));
    }

    /** Turns nested IPv4 prefixes into disjoint stretches of addresses, each with its owner. */
    private void paint(List<Prefix> prefixes, int[] value) {
        boundary(0, PrefixTable.NOWHERE);
        var open = new ArrayDeque<int[]>();
        for (int i = 0; i < prefixes.size(); i++) {
            Prefix prefix = prefixes.get(i);
            if (!prefix.isV4()) {
                v6.computeIfAbsent(prefix.length(), l -> new ArrayList<>()).add(new int[] {i});
                continue;
            }
            int first = (int) prefix.lo();
            int last = first | (int) (0xffffffffL >>> prefix.length() - 96);
            close(open, first);
            boundary(first, value[i]);
            open.push(new int[] {last, value[i]});
        }
        close(open, -1);
    }

    /** Ends the stretches that lie wholly before an address; -1 ends all. */
    private void close(ArrayDeque<int[]> open, int before) {
        while (!open.isEmpty()
                && (before == -1 || Integer.compareUnsigned(open.peek()[0], before) < 0)) {
            int last = open.pop()[0];
            if (last == -1) {
                continue;
            }
            boundary(last + 1, open.isEmpty() ? PrefixTable.NOWHERE : open.peek()[1]);
        }
    }

    private void boundary(int start, int owner) {
        int size = starts.size();
        if (size > 0 && starts.get(size - 1) == start) {
            owners.set(size - 1, owner);
            if (size > 1 && owners.get(size - 2) == owner) {
                starts.removeLast();
                owners.removeLast();
            }
        } else if (size == 0 || owners.get(size - 1) != owner) {
            starts.add(start);
            owners.add(owner);
        }
    }

    private int[] root() {
        int[] root = new int[1 << 16];
        int stretch = 0;
        for (int i = 0; i < root.length; i++) {
            int first = i << 16;
            stretch = seek(stretch, first);
            root[i] =
                    covers(stretch, first | 0xffff)
                            ? owners.get(stretch)
                            : ~chunk(first, 8, stretch);
        }
        return root;
    }

    /**
     * Writes the chunk of 256 entries of {@code 1 << shift} addresses each, and what hangs below.
     */
    private int chunk(int first, int shift, int stretch) {
        int[] owner = new int[256];
        int[] inside = new int[256];
        int at = stretch;
        for (int i = 0; i < 256; i++) {
            int start = first + (i << shift);
            at = seek(at, start);
            inside[i] = covers(at, start + (1 << shift) - 1) ? -1 : at;
            owner[i] = owners.get(at);
        }
        int number = chunkCount++;
        if (chunks.length < chunkCount * 8) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        int firstRun = values.size();
        for (int i = 0; i < 256; i++) {
            if (i % 64 == 0) {
                chunks[number * 8 + i / 64 * 2 + 1] = values.size() - 1;
            }
            boolean same = i > 0 && inside[i] < 0 && inside[i - 1] < 0 && owner[i] == owner[i - 1];
            if (!same) {
                chunks[number * 8 + i / 64 * 2] |= 1L << (i & 63);
                values.add(owner[i]);
            }
        }
        int run = firstRun - 1;
        for (int i = 0; i < 256; i++) {
            run += (int) (chunks[number * 8 + i / 64 * 2] >>> (i & 63)) & 1;
            if (inside[i] >= 0) {
                values.set(run, ~chunk(first + (i << shift), shift - 8, inside[i]));
            }
        }
        return number;
    }

    /** The stretch that an address lies in, at or after one that starts before it. */
    private int seek(int stretch, int address) {
        int at = stretch;
        while (at + 1 < starts.size()
                && Integer.compareUnsigned(starts.get(at + 1), address) <= 0) {
            at++;
        }
        return at;
    }

    private boolean covers(int stretch, int last) {
        return stretch + 1 == starts.size()
                || Integer.compareUnsigned(starts.get(stretch + 1), last) > 0;
    }

    private V6Table[] v6Tables(List<Prefix> prefixes, int[] value) {
        return v6.entrySet().stream()
                .map(
                        entry -> {
                            var table = new V6Table(entry.getKey(), entry.getValue().size());
                            for (int[] i : entry.getValue()) {
                                Prefix prefix = prefixes.get(i[0]);
                                table.put(prefix.hi(), prefix.lo(), value[i[0]]);
                            }
                            return table;
                        })
                .toArray(V6Table[]::new);
    }
}
