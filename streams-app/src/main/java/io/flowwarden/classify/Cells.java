package io.flowwarden.classify;

/**
 * Verdicts already worked out, for one {@link Knowledge}. Bounded: in a table of fixed size a new
 * cell takes the place of an older one of the same hash. It is derived from the knowledge alone, so
 * nothing is lost when it is thrown away.
 */
final class Cells {
    private static final int SIZE = 1 << 15;
    private static final int PROBES = 4;
    private static final Relation[] RELATIONS = Relation.values();

    private final Knowledge knowledge;
    private final Cell[] cells = new Cell[SIZE];

    Cells(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /**
     * @param client place of the client
     * @param server place of the server
     * @param port number of the port's class
     */
    Cell of(int client, int server, int port, int epoch) {
        int clientSite = knowledge.siteAt(client);
        int serverSite = knowledge.siteAt(server);
        int relation = (clientSite | serverSite) < 0 ? 2 : clientSite == serverSite ? 0 : 1;
        long classes = (long) knowledge.classAt(client) << 32 | knowledge.classAt(server);
        long rest = (long) epoch << 32 | port << 2 | relation;
        int first = (int) (Hash.quick(classes, rest) >>> 32);
        for (int probe = 0; probe < PROBES; probe++) {
            Cell cell = cells[first + probe & SIZE - 1];
            if (cell == null) {
                break;
            }
            if (cell.classes == classes && cell.rest == rest) {
                return cell;
            }
        }
        return workOut(classes, rest, first);
    }

    private Cell workOut(long classes, long rest, int first) {
        var matcher =
                new Matcher(
                        knowledge,
                        knowledge.locationClass((int) (classes >>> 32)),
                        knowledge.locationClass((int) classes),
                        knowledge.portClass((int) rest >>> 2),
                        RELATIONS[(int) rest & 3],
                        (int) (rest >>> 32));
        var cell = new Cell(classes, rest, matcher);
        int free = 0;
        while (free < PROBES && cells[first + free & SIZE - 1] != null) {
            free++;
        }
        cells[first + free % PROBES & SIZE - 1] = cell;
        return cell;
    }
}
