package io.flowwarden.classify;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Policy;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.Site;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The verdict told a second time, flow by flow and rule by rule, with no table, no cache and no
 * bit: what the compiled classifier must agree with. It shares nothing with it but the vocabulary
 * of addresses and schemas.
 */
final class Twin {
    private static final Set<String> OPEN =
            Set.of("browser", "client-pc", "windows-server", "source-machine");
    private static final Set<String> EXTERNAL = Set.of("azure-storage-account", "avs-run-command");

    /** What an exporter said; -1 is not exported. */
    record Said(
            String source,
            String src,
            int srcPort,
            String dst,
            int dstPort,
            int protocol,
            int flags,
            int initiator,
            int packets,
            int sampling,
            int icmpType,
            long start,
            long end,
            boolean rejected) {}

    record Answer(
            String client,
            String how,
            String by,
            String verdict,
            String reason,
            String rule,
            String category,
            String nearest,
            String failed,
            int candidates,
            List<String> named,
            Set<String> marks) {}

    private record Where(
            String address,
            String name,
            List<String> roles,
            String site,
            boolean inside,
            Map<String, Integer> services) {
        boolean listed() {
            return name != null;
        }

        boolean role() {
            return !roles.isEmpty();
        }

        Set<String> plays() {
            var all = new HashSet<>(roles);
            if (roles.contains("esxi-host") || roles.contains("esx-host")) {
                all.add("hypervisor");
            }
            if (listed()) {
                all.add("listed");
            }
            return all;
        }

        boolean infrastructure() {
            return roles.stream().anyMatch(Twin::infrastructure);
        }

        boolean foreign() {
            return !listed() && !inside;
        }
    }

    private record Verdict(
            String verdict,
            String reason,
            String rule,
            String category,
            String nearest,
            String failed,
            int candidates,
            List<String> named,
            Set<String> marks) {}

    private final List<PortRule> rules;
    private final List<EstateEntry> estate;
    private final Map<String, Map<String, String>> remembered = new HashMap<>();
    private final Map<String, Long> agreed = new HashMap<>();
    private final Map<String, Where> located = new HashMap<>();

    Twin(List<PortRule> rules, List<EstateEntry> estate) {
        this.rules =
                rules.stream()
                        .filter(r -> !r.getFlags().contains("disabled"))
                        .sorted(ORDER)
                        .toList();
        this.estate = estate;
    }

    List<Answer> judge(List<Said> batch) {
        var answers = new ArrayList<Answer>();
        for (Said flow : batch) {
            answers.add(judge(flow, batch));
        }
        return answers;
    }

    private Answer judge(Said f, List<Said> batch) {
        if (f.src == null || f.dst == null) {
            return outside(f, "NO_ADDRESS");
        }
        if (nonUnicast(f.src) || nonUnicast(f.dst)) {
            return outside(f, "NON_UNICAST");
        }
        String transport =
                switch (f.protocol) {
                    case 6 -> "tcp";
                    case 17 -> "udp";
                    case 1, 58 -> "icmp";
                    default -> null;
                };
        if (transport == null) {
            return outside(f, "OTHER_PROTOCOL");
        }
        boolean icmp = transport.equals("icmp");
        int srcPort = icmp ? 0 : f.srcPort;
        int dstPort = icmp ? 0 : f.dstPort;
        String client = null;
        String by = null;
        if (f.initiator > 0) {
            client = f.initiator == 1 ? "src" : "dst";
            by = "record";
        }
        if (icmp && f.icmpType >= 0) {
            int request = f.protocol == 58 ? 128 : 8;
            int reply = f.protocol == 58 ? 129 : 0;
            boolean error =
                    f.protocol == 58
                            ? f.icmpType < 128
                            : Set.of(3, 4, 5, 11, 12).contains(f.icmpType);
            if (f.icmpType != request && f.icmpType != reply) {
                return outside(f, error ? "ICMP_ERROR" : "ICMP_OTHER");
            }
            if (client == null) {
                client = f.icmpType == request ? "src" : "dst";
                by = "record";
            }
        }
        if (client == null && transport.equals("tcp") && f.flags >= 0) {
            boolean syn = (f.flags & 2) != 0;
            boolean ack = (f.flags & 16) != 0;
            boolean lone =
                    f.source.startsWith("aws/")
                            ? f.flags == 18 || f.flags == 19
                            : f.source.startsWith("sflow/") || f.packets == 1 && f.sampling <= 1;
            if (syn && !ack) {
                client = "src";
                by = "flags";
            } else if (syn && lone) {
                client = "dst";
                by = "flags";
            }
        }
        if (!icmp && srcPort >= 0 && dstPort >= 0) {
            var memory = remembered.computeIfAbsent(f.source, s -> new HashMap<>());
            String forth = tuple(f.src, srcPort, f.dst, dstPort, transport);
            String back = tuple(f.dst, dstPort, f.src, srcPort, transport);
            if (client != null) {
                memory.put(forth, client);
                memory.put(back, client.equals("src") ? "dst" : "src");
            } else if (memory.containsKey(forth)) {
                client = memory.get(forth);
                by = "memory";
            }
        }
        if (client != null) {
            return decide(f, client, "certain", by, transport, srcPort, dstPort);
        }
        Where src = locate(f.src);
        Where dst = locate(f.dst);
        boolean there = dstPort >= 0 && orients(src, dst, transport, dstPort);
        boolean back = srcPort >= 0 && orients(dst, src, transport, srcPort);
        if (there != back) {
            return decide(f, there ? "src" : "dst", "likely", "roles", transport, srcPort, dstPort);
        }
        long own = Long.MAX_VALUE;
        long other = Long.MAX_VALUE;
        for (Said g : batch) {
            if (g.protocol != f.protocol || g.src == null || g.dst == null) {
                continue;
            }
            if (g.src.equals(f.src)
                    && g.dst.equals(f.dst)
                    && g.srcPort == f.srcPort
                    && g.dstPort == f.dstPort) {
                own = Math.min(own, g.start);
            } else if (g.src.equals(f.dst)
                    && g.dst.equals(f.src)
                    && g.srcPort == f.dstPort
                    && g.dstPort == f.srcPort) {
                other = Math.min(other, g.start);
            }
        }
        if (other != Long.MAX_VALUE && own != other) {
            return decide(
                    f, own < other ? "src" : "dst", "likely", "pair", transport, srcPort, dstPort);
        }
        boolean dstKnown = dstPort >= 0 && inCatalog(dst, transport, dstPort);
        boolean srcKnown = srcPort >= 0 && inCatalog(src, transport, srcPort);
        if (dstKnown != srcKnown) {
            return decide(
                    f,
                    dstKnown ? "src" : "dst",
                    "likely",
                    "catalog-port",
                    transport,
                    srcPort,
                    dstPort);
        }
        if (srcPort >= 0 && dstPort >= 0 && srcPort < 1024 != dstPort < 1024) {
            return decide(
                    f,
                    dstPort < 1024 ? "src" : "dst",
                    "guess",
                    "low-port",
                    transport,
                    srcPort,
                    dstPort);
        }
        return decide(f, "src", "guess", null, transport, srcPort, dstPort);
    }

    private Answer decide(
            Said f, String client, String how, String by, String transport, int sp, int dp) {
        boolean forward = client.equals("src");
        Where c = locate(forward ? f.src : f.dst);
        Where s = locate(forward ? f.dst : f.src);
        int port = forward ? dp : sp;
        if (port < 0) {
            return new Answer(
                    c.address,
                    how,
                    by,
                    "OUT_OF_SCOPE",
                    "NO_PORT",
                    null,
                    null,
                    null,
                    null,
                    0,
                    List.of(),
                    Set.of());
        }
        var ends = new TreeSet<>(List.of(f.src, f.dst));
        String pair = f.source + ends;
        Long seen = agreed.get(pair);
        boolean recently = seen != null && Math.floorDiv(f.end, 1000) - seen <= 3600;
        Verdict v = verdict(c, s, transport, port, how, recently, f.end);
        if ((port == 135 || port == 445) && !transport.equals("icmp") && !f.rejected) {
            agreed.merge(pair, Math.floorDiv(f.end, 1000), Math::max);
        }
        return new Answer(
                c.address,
                how,
                by,
                v.verdict,
                v.reason,
                v.rule,
                v.category,
                v.nearest,
                v.failed,
                v.candidates,
                v.named,
                v.marks);
    }

    private Verdict verdict(
            Where c, Where s, String transport, int port, String how, boolean recently, long end) {
        Verdict catalog = byCatalog(c, s, transport, port, how, recently);
        Policy law = null;
        String name = null;
        for (EstateEntry e : policies()) {
            Policy p = (Policy) e.getBody();
            if (names(p.getFrom(), c)
                    && names(p.getTo(), s)
                    && covers(p.getServices(), transport, port)
                    && stillHolds(p.getUntil(), end)) {
                law = p;
                name = "policy/" + e.getName();
                break;
            }
        }
        if (law == null) {
            return catalog;
        }
        boolean guess = how.equals("guess");
        boolean fits = catalog.verdict.equals("EXPECTED") || catalog.verdict.equals("PLAUSIBLE");
        String category = fits ? catalog.category : null;
        Set<String> marks = fits ? catalog.marks : Set.of();
        if (law.getAllow()) {
            return new Verdict(
                    guess ? "PLAUSIBLE" : "EXPECTED",
                    null,
                    name,
                    category,
                    null,
                    null,
                    0,
                    List.of(),
                    marks);
        }
        if (guess) {
            return catalog;
        }
        return new Verdict(
                "UNEXPECTED",
                "POLICY_DENIED",
                name,
                category,
                catalog.rule,
                "policy",
                0,
                List.of(),
                marks);
    }

    /** The table of section 6, row by row. */
    private Verdict byCatalog(
            Where c, Where s, String transport, int port, String how, boolean recently) {
        boolean guess = how.equals("guess");
        Predicate<PortRule> here = r -> on(r, s, transport, port);
        if (estate.stream().noneMatch(e -> e.getBody() instanceof Endpoint)) {
            List<PortRule> known =
                    all(
                            r ->
                                    here.test(r)
                                            && !flagged(r, "loopback")
                                            && (!weak(r)
                                                    || r.getSourceRoles().isEmpty()
                                                            && r.getTargetRoles().isEmpty()
                                                            && !flagged(r, "dynamic")
                                                            && scope(r, c, s)));
            return known.isEmpty() ? outOfScope("NOT_COVERED") : plausible(known);
        }
        List<PortRule> expected =
                all(r -> here.test(r) && full(r) && !weak(r) && roles(r, c, s) && scope(r, c, s));
        List<PortRule> saysMaybe =
                all(
                        r ->
                                here.test(r)
                                        && !flagged(r, "loopback")
                                        && (!flagged(r, "dynamic") || recently)
                                        && roles(r, c, s)
                                        && scope(r, c, s)
                                        && (full(r) ? weak(r) : halfApplies(r, c, s)));
        if (!expected.isEmpty()) {
            if (guess) {
                var both = new ArrayList<>(expected);
                both.addAll(saysMaybe);
                both.sort(ORDER);
                return plausible(both);
            }
            PortRule first = expected.get(0);
            return new Verdict(
                    "EXPECTED",
                    null,
                    first.getId(),
                    first.getCategory(),
                    null,
                    null,
                    0,
                    List.of(),
                    marks(first));
        }
        if (saysMaybe.stream().anyMatch(r -> full(r) || flagged(r, "dynamic"))) {
            return plausible(saysMaybe);
        }
        List<PortRule> broken =
                all(r -> here.test(r) && full(r) && !weak(r) && roles(r, c, s) && !scope(r, c, s));
        if (!broken.isEmpty()) {
            return guess
                    ? plausible(broken)
                    : unexpected("SCOPE_VIOLATION", first(broken), "scope");
        }
        List<PortRule> reversed =
                all(r -> on(r, c, transport, port) && full(r) && !weak(r) && roles(r, s, c));
        if (!reversed.isEmpty()) {
            boolean doubtful = reversed.stream().anyMatch(r -> flagged(r, "direction-doubtful"));
            return how.equals("certain") && !doubtful
                    ? unexpected("REVERSED", first(reversed), "direction")
                    : plausible(reversed);
        }
        if (!saysMaybe.isEmpty()) {
            return plausible(saysMaybe);
        }
        List<PortRule> serving =
                all(
                        r ->
                                here.test(r)
                                        && !weak(r)
                                        && !r.getTargetRoles().isEmpty()
                                        && meets(r.getTargetRoles(), s));
        if (!serving.isEmpty()) {
            if (guess) {
                return plausible(serving);
            }
            if (c.role()) {
                return nearest("ROLE_MISMATCH", serving, c, s, transport, port);
            }
            if (!c.foreign()) {
                List<PortRule> others =
                        serving.stream()
                                .filter(
                                        r ->
                                                r.getSourceRoles().isEmpty()
                                                        || !r.getSourceRoles().stream()
                                                                .allMatch(Twin::infrastructure))
                                .toList();
                return others.isEmpty()
                        ? nearest("UNLISTED_PEER", serving, c, s, transport, port)
                        : plausible(others);
            }
            List<PortRule> external =
                    all(
                            r ->
                                    here.test(r)
                                            && !flagged(r, "dynamic")
                                            && !flagged(r, "loopback")
                                            && !r.getTargetRoles().isEmpty()
                                            && meets(r.getTargetRoles(), s)
                                            && r.getSourceRoles().stream()
                                                    .anyMatch(EXTERNAL::contains));
            return external.isEmpty()
                    ? nearest("UNKNOWN_PEER", serving, c, s, transport, port)
                    : plausible(external);
        }
        List<PortRule> near =
                all(
                        r ->
                                !flagged(r, "loopback")
                                        && (printed(r, transport, port)
                                                || here.test(r)
                                                || on(r, c, transport, port)));
        if (s.infrastructure()) {
            return guess
                    ? outOfScope("UNORIENTED")
                    : nearest("UNKNOWN_SERVICE", near, c, s, transport, port);
        }
        if (s.foreign() && c.infrastructure()) {
            List<PortRule> external =
                    all(
                            r ->
                                    printed(r, transport, port)
                                            && !flagged(r, "dynamic")
                                            && !flagged(r, "loopback")
                                            && !r.getSourceRoles().isEmpty()
                                            && meets(r.getSourceRoles(), c)
                                            && r.getTargetRoles().stream()
                                                    .anyMatch(EXTERNAL::contains));
            if (!external.isEmpty()) {
                return plausible(external);
            }
            return guess
                    ? outOfScope("UNORIENTED")
                    : nearest("FOREIGN_SERVER", near, c, s, transport, port);
        }
        return outOfScope("NOT_COVERED");
    }

    private boolean orients(Where c, Where s, String transport, int port) {
        return rules.stream()
                .anyMatch(
                        r ->
                                !weak(r)
                                        && on(r, s, transport, port)
                                        && roles(r, c, s)
                                        && scope(r, c, s)
                                        && (full(r)
                                                || !(r.getSourceRoles().isEmpty()
                                                                && r.getTargetRoles().isEmpty())
                                                        && halfApplies(r, c, s)));
    }

    private boolean inCatalog(Where s, String transport, int port) {
        return rules.stream()
                .anyMatch(
                        r ->
                                !weak(r)
                                        && (printed(r, transport, port)
                                                || on(r, s, transport, port)));
    }

    private static boolean halfApplies(PortRule r, Where c, Where s) {
        if (r.getSourceRoles().isEmpty() && r.getTargetRoles().isEmpty()) {
            return !c.role() && !s.role() && !c.foreign() && !s.foreign();
        }
        return r.getSourceRoles().isEmpty() ? c.role() : s.role();
    }

    /** Whether the rule's service is on this port of this endpoint. */
    private boolean on(PortRule r, Where s, String transport, int port) {
        for (Map.Entry<String, Integer> move : new TreeMap<>(s.services).entrySet()) {
            PortRule moved =
                    rules.stream()
                            .filter(x -> x.getId().equals(move.getKey()))
                            .findFirst()
                            .orElse(null);
            if (moved != null
                    && moved.getTransport().equals(r.getTransport())
                    && from(moved) == from(r)
                    && to(moved) == to(r)) {
                return r.getTransport().equals(transport) && move.getValue() == port;
            }
        }
        return printed(r, transport, port);
    }

    private static boolean printed(PortRule r, String transport, int port) {
        return r.getTransport().equals(transport) && from(r) <= port && port <= to(r);
    }

    private Verdict nearest(
            String reason, List<PortRule> among, Where c, Where s, String transport, int port) {
        PortRule best = null;
        List<String> failing = List.of("port");
        for (PortRule r : among) {
            if (weak(r) || r.getSourceRoles().isEmpty() && r.getTargetRoles().isEmpty()) {
                continue;
            }
            var failed = new ArrayList<String>();
            if (r.getTargetRoles().isEmpty() ? !s.role() : !meets(r.getTargetRoles(), s)) {
                failed.add("server-role");
            }
            if (r.getSourceRoles().isEmpty() ? !c.role() : !meets(r.getSourceRoles(), c)) {
                failed.add("client-role");
            }
            if (!scope(r, c, s)) {
                failed.add("scope");
            }
            if (!on(r, s, transport, port)) {
                failed.add("port");
            }
            if (best == null
                    || failed.size() < failing.size()
                    || failed.size() == failing.size() && TIES.compare(r, best) < 0) {
                best = r;
                failing = failed;
            }
        }
        return unexpected(reason, best, failing.get(0));
    }

    private static Verdict unexpected(String reason, PortRule nearest, String failed) {
        return new Verdict(
                "UNEXPECTED",
                reason,
                null,
                null,
                nearest == null ? null : nearest.getId(),
                failed,
                0,
                List.of(),
                Set.of());
    }

    private static Verdict outOfScope(String reason) {
        return new Verdict("OUT_OF_SCOPE", reason, null, null, null, null, 0, List.of(), Set.of());
    }

    private static Verdict plausible(List<PortRule> possible) {
        var categories = new HashSet<String>();
        var marks = new HashSet<>(marks(possible.get(0)));
        for (PortRule r : possible) {
            categories.add(r.getCategory());
            marks.retainAll(marks(r));
        }
        boolean one = possible.size() == 1;
        return new Verdict(
                "PLAUSIBLE",
                null,
                one ? possible.get(0).getId() : null,
                categories.size() == 1 ? categories.iterator().next() : null,
                null,
                null,
                one ? 0 : possible.size(),
                one ? List.of() : possible.stream().limit(3).map(PortRule::getId).toList(),
                marks);
    }

    private Answer outside(Said f, String reason) {
        return new Answer(
                f.src,
                "guess",
                null,
                "OUT_OF_SCOPE",
                reason,
                null,
                null,
                null,
                null,
                0,
                List.of(),
                Set.of());
    }

    private List<PortRule> all(Predicate<PortRule> which) {
        return rules.stream().filter(which).toList();
    }

    private static PortRule first(List<PortRule> tied) {
        return tied.stream().min(TIES).orElseThrow();
    }

    private static boolean roles(PortRule r, Where c, Where s) {
        return (r.getSourceRoles().isEmpty() || meets(r.getSourceRoles(), c))
                && (r.getTargetRoles().isEmpty() || meets(r.getTargetRoles(), s));
    }

    private static boolean meets(List<String> roles, Where side) {
        return roles.stream().anyMatch(side.plays()::contains);
    }

    private static boolean scope(PortRule r, Where c, Where s) {
        if (r.getScope() == null || c.site == null || s.site == null) {
            return true;
        }
        return r.getScope().equals("intra-site") == c.site.equals(s.site);
    }

    private static boolean full(PortRule r) {
        return !r.getSourceRoles().isEmpty() && !r.getTargetRoles().isEmpty();
    }

    private static boolean weak(PortRule r) {
        return flagged(r, "dynamic")
                || flagged(r, "advisory")
                || flagged(r, "loopback")
                || flagged(r, "unconfirmed");
    }

    private static boolean flagged(PortRule r, String flag) {
        return r.getFlags().contains(flag);
    }

    private static Set<String> marks(PortRule r) {
        var marks = new HashSet<String>();
        for (String flag : List.of("insecure", "unencrypted", "legacy", "unconfirmed", "dynamic")) {
            if (flagged(r, flag)) {
                marks.add(flag.toUpperCase(java.util.Locale.ROOT));
            }
        }
        return marks;
    }

    private static int from(PortRule r) {
        return r.getPortFrom() == null ? 0 : r.getPortFrom();
    }

    private static int to(PortRule r) {
        return r.getPortTo() == null ? 0 : r.getPortTo();
    }

    private static boolean infrastructure(String role) {
        return !OPEN.contains(role) && !EXTERNAL.contains(role) && !role.equals("listed");
    }

    private static final Comparator<PortRule> TIES =
            Comparator.comparing((PortRule r) -> r.getScope() == null)
                    .thenComparing(Twin::newest, Comparator.reverseOrder())
                    .thenComparing(PortRule::getId);

    private static final Comparator<PortRule> ORDER =
            Comparator.comparing((PortRule r) -> flagged(r, "dynamic") || flagged(r, "advisory"))
                    .thenComparing(Twin::weak)
                    .thenComparing(r -> !full(r))
                    .thenComparing(r -> to(r) - from(r))
                    .thenComparing(TIES);

    /** Versions of the tests are x.y with y below 100. */
    private static int newest(PortRule r) {
        return r.getVersions().stream()
                .mapToInt(
                        v -> {
                            String[] parts = v.split("\\.");
                            int minor = parts[1].equals("x") ? 999 : Integer.parseInt(parts[1]);
                            return Integer.parseInt(parts[0]) * 1000 + minor;
                        })
                .max()
                .orElse(-1);
    }

    private List<EstateEntry> policies() {
        return estate.stream()
                .filter(e -> e.getBody() instanceof Policy)
                .sorted(Comparator.comparing(e -> ((Policy) e.getBody()).getPosition()))
                .toList();
    }

    private boolean names(List<String> peers, Where side) {
        long[] address = Address.parse(side.address);
        for (String peer : peers) {
            Prefix prefix = Prefix.parse(peer);
            if (prefix != null && covers(prefix, address) || peer.equals(side.site)) {
                return true;
            }
            for (EstateEntry e : estate) {
                if (e.getName().equals(peer)
                        && e.getBody() instanceof Endpoint endpoint
                        && endpoint.getAddresses().stream()
                                .anyMatch(a -> covers(Prefix.parse(a), address))) {
                    return true;
                }
            }
        }
        return peers.isEmpty();
    }

    private static boolean covers(List<String> services, String transport, int port) {
        for (String service : services) {
            if (service.equals("icmp")) {
                if (transport.equals("icmp")) {
                    return true;
                }
                continue;
            }
            String[] parts = service.split("/");
            String[] range = parts[0].split("-");
            if (parts[1].equals(transport)
                    && Integer.parseInt(range[0]) <= port
                    && port <= Integer.parseInt(range[range.length - 1])) {
                return true;
            }
        }
        return services.isEmpty();
    }

    private static boolean stillHolds(String until, long end) {
        return until == null
                || Instant.ofEpochMilli(end)
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate()
                                .toString()
                                .compareTo(until)
                        <= 0;
    }

    private Where locate(String text) {
        return located.computeIfAbsent(text, this::search);
    }

    private Where search(String text) {
        long[] address = Address.parse(text);
        String name = null;
        List<String> roles = List.of();
        String site = null;
        boolean inside = false;
        Map<String, Integer> services = Map.of();
        var covering = new TreeMap<Integer, List<EstateEntry>>();
        for (EstateEntry e : estate) {
            List<String> prefixes =
                    e.getBody() instanceof Site at
                            ? at.getNetworks()
                            : e.getBody() instanceof Endpoint endpoint
                                    ? endpoint.getAddresses()
                                    : List.of();
            for (String prefix : prefixes) {
                Prefix p = Prefix.parse(prefix);
                if (covers(p, address)) {
                    covering.computeIfAbsent(p.length(), l -> new ArrayList<>()).add(e);
                }
            }
        }
        // Shortest first, so that the most specific has the last word; sites stand before
        // endpoints in the estates of the test, so that of one prefix the endpoint has it.
        for (List<EstateEntry> entries : covering.values()) {
            for (EstateEntry e : entries) {
                if (e.getBody() instanceof Site body) {
                    site = e.getName();
                    inside = !body.getExternal();
                } else if (e.getBody() instanceof Endpoint body) {
                    name = e.getName();
                    roles = body.getRoles().isEmpty() ? roles : body.getRoles();
                    site = body.getSite() == null ? site : body.getSite();
                    services = body.getServices().isEmpty() ? services : body.getServices();
                }
            }
        }
        return new Where(text, name, roles, site, inside, services);
    }

    private static boolean covers(Prefix prefix, long[] address) {
        return prefix.isV4() == Address.isV4(address[0], address[1])
                && prefix.contains(address[0], address[1]);
    }

    private static boolean nonUnicast(String address) {
        return address.startsWith("224.")
                || address.startsWith("169.254.")
                || address.startsWith("ff02:");
    }

    private static String tuple(String src, int srcPort, String dst, int dstPort, String how) {
        return src + "|" + srcPort + "|" + dst + "|" + dstPort + "|" + how;
    }
}
