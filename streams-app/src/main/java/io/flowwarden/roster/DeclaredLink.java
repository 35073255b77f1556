package io.flowwarden.roster;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.Link;
import java.util.ArrayList;
import java.util.List;

/** A link of the estate, ready to be asked which conversations belong to it. Immutable. */
public final class DeclaredLink {
    private static final long DEFAULT_EVERY = 60_000;
    private static final int DEFAULT_MISSES = 3;

    /** Beyond it a list is a site that somebody wrote out; such members are known once seen. */
    private static final int MOST_NAMED = 100_000;

    private final String name;
    private final Link body;
    private final LinkKind kind;
    private final int transport;
    private final int firstPort;
    private final int lastPort;
    private final List<Prefix> fromPrefixes;
    private final List<Prefix> toPrefixes;
    private final PrefixSet from;
    private final PrefixSet to;
    private final PrefixSet each;
    private final String fromSite;
    private final String toSite;
    private final Calendar calendar;

    DeclaredLink(
            String name,
            Link body,
            Service service,
            List<Prefix> from,
            List<Prefix> to,
            String fromSite,
            String toSite) {
        this.name = name;
        this.body = body;
        kind = LinkKind.of(body.getKind());
        transport = service.transport();
        firstPort = service.first();
        lastPort = service.last();
        fromPrefixes = from;
        toPrefixes = to;
        this.from = new PrefixSet(from);
        this.to = new PrefixSet(to);
        this.fromSite = fromSite;
        this.toSite = toSite;
        each =
                body.getEach().isEmpty()
                        ? null
                        : new PrefixSet(body.getEach().stream().map(Prefix::parse).toList());
        calendar = body.getWindow() == null ? null : new Calendar(body.getWindow(), body.getDays());
    }

    public String name() {
        return name;
    }

    public LinkKind kind() {
        return kind;
    }

    /** {@code port/transport}, as in the estate. */
    public String service() {
        return body.getService();
    }

    /** Number of the transport, see {@link Service}. */
    public int transport() {
        return transport;
    }

    public String transportName() {
        return Service.name(transport);
    }

    /** Port that alerts name: the first of the range. */
    public int port() {
        return firstPort;
    }

    boolean hasPort(int port) {
        return port >= firstPort && port <= lastPort;
    }

    int lastPort() {
        return lastPort;
    }

    /** Name of an endpoint or site, or a prefix. */
    public String from() {
        return body.getFrom();
    }

    public String to() {
        return body.getTo();
    }

    /** Site of the clients, null where they have none or several. */
    public String fromSite() {
        return fromSite;
    }

    public String toSite() {
        return toSite;
    }

    /** Whether members are missed one by one; else the group has one clock. */
    public boolean oneByOne() {
        return each != null || kind.oneByOne();
    }

    public boolean orReverse() {
        return Boolean.TRUE.equals(body.getOrReverse());
    }

    /** Patterns of the sources that decide; empty is every witness. */
    public List<String> sources() {
        return body.getSources();
    }

    /** Time without a sighting after which it is missing, ms; 0 where it is judged by windows. */
    public long deadline() {
        return switch (kind) {
            case HEARTBEAT, PRESENCE -> every() * misses();
            case REPLICATION -> body.getRpoMillis() * 3 / 2;
            case BACKUP, MIGRATION -> 0;
        };
    }

    public long every() {
        return body.getEveryMillis() == null ? DEFAULT_EVERY : body.getEveryMillis();
    }

    public int misses() {
        return body.getMisses() == null ? DEFAULT_MISSES : body.getMisses();
    }

    /** Recovery point objective in ms, or null. */
    public Long rpo() {
        return body.getRpoMillis();
    }

    /** Least bytes in a window, or null. */
    public Long minBytes() {
        return body.getMinBytes();
    }

    /** When it must happen, or null. */
    public Calendar calendar() {
        return calendar;
    }

    /** Whether bytes by the minute are told of it: replication, backup, migration. */
    public boolean byMinutes() {
        return kind == LinkKind.REPLICATION
                || kind == LinkKind.BACKUP
                || kind == LinkKind.MIGRATION;
    }

    /** Whether client and server are those of this link, in this direction. */
    public boolean covers(long clientHi, long clientLo, long serverHi, long serverLo) {
        return from.contains(clientHi, clientLo)
                && to.contains(serverHi, serverLo)
                && (each == null
                        || each.contains(clientHi, clientLo)
                        || each.contains(serverHi, serverLo));
    }

    /**
     * Members that the estate names one by one, as {@code client>server}; those of prefixes are
     * known once they are seen. Empty for a group.
     */
    public List<String> namedMembers() {
        var members = new ArrayList<String>();
        if (!oneByOne()) {
            return members;
        }
        for (Prefix client : named(fromPrefixes)) {
            for (Prefix server : named(toPrefixes)) {
                if (members.size() < MOST_NAMED
                        && covers(client.hi(), client.lo(), server.hi(), server.lo())) {
                    members.add(member(client.hi(), client.lo(), server.hi(), server.lo()));
                }
            }
        }
        return members;
    }

    /** Single addresses of a party, or of {@code each} where the party is a prefix. */
    private List<Prefix> named(List<Prefix> party) {
        var named = new ArrayList<Prefix>();
        for (Prefix prefix : party) {
            if (prefix.length() == 128) {
                named.add(prefix);
            }
        }
        for (String text : body.getEach()) {
            Prefix one = Prefix.parse(text);
            if (one.length() == 128 && !named.contains(one)) {
                named.add(one);
            }
        }
        return named;
    }

    /** Whether one asks many, so that the host of a member is its end and not its begin. */
    private boolean isPoll() {
        return isOne(fromPrefixes) && !isOne(toPrefixes);
    }

    private static boolean isOne(List<Prefix> party) {
        return party.size() == 1 && party.get(0).length() == 128;
    }

    /**
     * Whose beats a member is: its client, or its server where one asks many.
     *
     * @param member as {@link #member} names it
     */
    public String host(String member) {
        int cut = member.indexOf('>');
        return isPoll() ? member.substring(cut + 1) : member.substring(0, cut);
    }

    /**
     * How the names of the members begin whose beats those of this host are; null where the link is
     * not about beats, or not about those of this address.
     */
    public String membersOf(String host) {
        long[] address =
                kind == LinkKind.HEARTBEAT || kind == LinkKind.PRESENCE ? parsed(host) : null;
        if (address == null || !oneByOne()) {
            return null;
        }
        boolean poll = isPoll();
        if (!(poll ? to : from).contains(address[0], address[1])) {
            return null;
        }
        return poll
                ? member(fromPrefixes.get(0).hi(), fromPrefixes.get(0).lo(), address[0], address[1])
                : Address.text(address[0], address[1]) + ">";
    }

    private static long[] parsed(String address) {
        return address == null ? null : Address.parse(address);
    }

    /**
     * The same of the name of a member; that of the group is covered where the group has one clock.
     */
    public boolean covers(String member) {
        int cut = member.indexOf('>');
        if (cut < 0) {
            return !oneByOne();
        }
        long[] client = Address.parse(member.substring(0, cut));
        long[] server = Address.parse(member.substring(cut + 1));
        return oneByOne() && covers(client[0], client[1], server[0], server[1]);
    }

    /** Name of a member. */
    public static String member(long clientHi, long clientLo, long serverHi, long serverLo) {
        return Address.text(clientHi, clientLo) + ">" + Address.text(serverHi, serverLo);
    }

    /**
     * A number for what the link means, its parties' addresses included: two that differ in it
     * differ, across restarts, too.
     */
    public int mark() {
        return (body + "\n" + from + "\n" + to).hashCode();
    }

    /** Whether the link has changed in a way that its past says nothing of its future. */
    boolean sameAs(DeclaredLink other) {
        return other != null && other.body.equals(body);
    }
}
