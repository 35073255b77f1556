package io.flowwarden.classify;

/** All that can be said of a client and a server of some class on ports of some class. */
final class Cell {
    private static final int CONFIDENCES = Orientation.values().length;

    /** Numbers of the classes of client and server. */
    final long classes;

    /** Epoch, class of the port, and relation of the sites. */
    final long rest;

    /** A rule that is not weak has these roles and this scope. */
    final boolean fits;

    /** The port is in the catalog, or the server moved a service of the catalog to it. */
    final boolean catalog;

    /** Over this conversation a port may be agreed on that a dynamic rule speaks of. */
    final boolean agreesPorts;

    /** It makes a difference whether such a conversation was seen. */
    final boolean dynamic;

    private final Judgement[] judgements;

    Cell(long classes, long rest, Matcher matcher) {
        this.classes = classes;
        this.rest = rest;
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

    Judgement judgement(Orientation orientation, boolean agreed) {
        return judgements[orientation.ordinal() + (agreed ? CONFIDENCES : 0)];
    }
}
