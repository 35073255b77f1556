package io.flowwarden.alert;

import io.flowwarden.roster.Roster;
import java.util.ArrayList;
import java.util.List;

/** What is kept of links and their members. A member goes by {@code link\nname}. */
final class LinkMemory {
    private static final String MEMBERS = "m/";
    private static final String LINKS = "l/";
    private static final String UNDECIDED = "x/";

    private final SettleMemory memory;
    private final Sources sources;

    LinkMemory(SettleMemory memory, Sources sources) {
        this.memory = memory;
        this.sources = sources;
    }

    /** What the sources say of a member; nothing is known of one that is new. */
    Member member(String link, String name) {
        Member member = Member.decode(memory.get(MEMBERS + link + "\n" + name));
        member.prune(sources);
        return member;
    }

    void store(String link, String name, Member member) {
        if (member.isEmpty() && member.forgottenSince == 0) {
            delete(link, name);
        } else {
            memory.put(MEMBERS + link + "\n" + name, member.encode());
        }
    }

    void delete(String link, String name) {
        memory.delete(MEMBERS + link + "\n" + name);
    }

    boolean knows(String link, String name) {
        return memory.get(MEMBERS + link + "\n" + name) != null;
    }

    /** Members of a link whose names begin so. */
    List<String> members(String link, String begin) {
        var found = new ArrayList<String>();
        memory.scan(
                MEMBERS + link + "\n" + begin,
                (key, value) -> {
                    found.add(key.substring(MEMBERS.length()));
                    return true;
                });
        return found;
    }

    LinkState state(String link) {
        LinkState state = LinkState.decode(memory.get(LINKS + link));
        state.views.keySet().removeIf(source -> !sources.knows(source));
        state.unseen.keySet().removeIf(source -> !sources.knows(source));
        return state;
    }

    void store(String link, LinkState state) {
        memory.put(LINKS + link, state.encode());
    }

    /** Drops what sources said of the link that are no more. */
    void tidy(String link) {
        if (memory.get(LINKS + link) != null) {
            store(link, state(link));
        }
    }

    /** Notes whether somebody is still waited for. */
    void undecided(String link, String name, boolean is) {
        String key = UNDECIDED + link + "\n" + name;
        if (is) {
            memory.put(key, new byte[1]);
        } else if (memory.get(key) != null) {
            memory.delete(key);
        }
    }

    List<String> undecided() {
        var found = new ArrayList<String>();
        memory.scan(
                UNDECIDED,
                (key, value) -> {
                    found.add(key.substring(UNDECIDED.length()));
                    return true;
                });
        return found;
    }

    /** Forgets links that are gone. */
    void prune(Roster roster) {
        for (String prefix : List.of(MEMBERS, LINKS, UNDECIDED)) {
            var gone = new ArrayList<String>();
            memory.scan(
                    prefix,
                    (key, value) -> {
                        String rest = key.substring(prefix.length());
                        int cut = rest.indexOf('\n');
                        if (roster.link(cut < 0 ? rest : rest.substring(0, cut)) == null) {
                            gone.add(key);
                        }
                        return true;
                    });
            gone.forEach(memory::delete);
        }
    }
}
