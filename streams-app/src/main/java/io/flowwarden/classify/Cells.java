package io.flowwarden.classify;

/**
 * Verdicts already worked out, for one {@link Knowledge}. Bounded: in a table of fixed size a new
 * cell takes the place of an older one of the same hash. It is derived from the knowledge alone, so
 * nothing is lost when it is thrown away.
 */
final class Cells {
    private static final int SIZE = 1 << 15;
    private static final int PROBES = 4;

    private final Knowledge knowledge;
    private final Cell[] cells = new Cell[SIZE];

    Cells(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /**
     * @param client place of the client
     * @param server place of the server
     */
    Cell of(int client, int server, PortClass port, int epoch) {
        int clientClass = knowledge.classAt(client);
        int serverClass = knowledge.classAt(server);
        Relation relation = Relation.of(knowledge.siteAt(client), knowledge.siteAt(server));
        int first = hash(clientClass, serverClass, port.number(), relation.ordinal(), epoch);
        for (int probe = 0; probe < PROBES; probe++) {
            Cell cell = cells[first + probe & SIZE - 1];
            if (cell == null) {
                break;
            }
            if (cell.is(clientClass, serverClass, port, relation, epoch)) {
                return cell;
            }
        }
        return workOut(clientClass, serverClass, port, relation, epoch, first);
    }

    private Cell workOut(
            int client, int server, PortClass port, Relation relation, int epoch, int first) {
        var matcher =
                new Matcher(
                        knowledge,
                        knowledge.locationClass(client),
                        knowledge.locationClass(server),
                        port,
                        relation,
                        epoch);
        var cell = new Cell(client, server, port, relation, epoch, matcher);
        int free = 0;
        while (free < PROBES && cells[first + free & SIZE - 1] != null) {
            free++;
        }
        cells[first + free % PROBES & SIZE - 1] = cell;
        return cell;
    }

    private static int hash(int client, int server, int port, int relation, int epoch) {
        int h = client * 0x9e3779b1 + server;
        h = h * 0x85ebca6b + port;
        h = h * 0xc2b2ae35 + relation + epoch * 3;
        return h ^ h >>> 15;
    }
}
