package io.flowwarden.classify;

/** All that can be said of a client and a server of some class on ports of some class. */
final class Cell {
    private static final int CONFIDENCES = Orientation.values().length;

    final int client;
    final int server;
    final PortClass port;
    final Relation relation;
    final int epoch;

    /** A rule that is not weak has these roles and this scope. */
    final boolean fits;

    /** The port is in the catalog, or the server moved a service of the catalog to it. */
    final boolean catalog;

    /** Over this conversation a port may be agreed on that a dynamic rule speaks of. */
    final boolean agreesPorts;

    /** It makes a difference whether such a conversation was seen. */
    final boolean dynamic;

    private final Judgement[] judgements;

    Cell(int client, int server, PortClass port, Relation relation, int epoch, Matcher matcher) {
        this.client = client;
        this.server = server;
        this.port = port;
        this.relation = relation;
        this.epoch = epoch;
        fits = matcher.fits();
        catalog = matcher.catalog();
        agreesPorts = matcher.agreesPorts();
        dynamic = matcher.dynamic();
        judgements = new Judgement[2 * CONFIDENCES];
        for (Orientation orientation : Orientation.values()) {
            int at = orientation.ordinal();
            judgements[at] = matcher.judge(orientation, false);
            judgements[at + CONFIDENCES] =
                    dynamic ? matcher.judge(orientation, true) : judgements[at];
        }
    }

    boolean is(int otherClient, int otherServer, PortClass at, Relation related, int when) {
        return client == otherClient
                && server == otherServer
                && port == at
                && relation == related
                && epoch == when;
    }

    Judgement judgement(Orientation orientation, boolean agreed) {
        return judgements[orientation.ordinal() + (agreed ? CONFIDENCES : 0)];
    }
}
