package io.flowwarden.cli;

import io.flowwarden.input.InputFormat;
import io.flowwarden.input.InputReader;
import io.flowwarden.net.Address;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command that reads inputs takes. */
final class InputArguments {
    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = {
                "A file, a directory or - (standard input): pcap or pcapng captures of exporter"
                        + " datagrams; bare NetFlow v5, v9, IPFIX or sFlow packets; IPFIX files;"
                        + " flow logs of AWS (text, Parquet), Azure and GCP; plain or gzip, told"
                        + " apart by content.",
                "Several are read in the order given, as from one collector."
            })
    private List<String> inputs;

    @Option(
            names = "--exporter",
            paramLabel = "ADDR",
            description =
                    "Address of the exporter of bare packets, which carry none. A capture's own"
                            + " addresses always win.")
    private String exporter;

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "What every INPUT is, if its content does not tell: pcap, netflow, sflow, aws,"
                            + " azure, gcp.")
    private InputFormat format;

    @Option(
            names = "--separate",
            description = "Start each INPUT afresh: no template of one serves another.")
    private boolean separate;

    @Option(
            names = "--strict",
            description = "End with status 2 if any input is damaged, not only if all are.")
    private boolean strict;

    List<String> inputs() {
        return inputs;
    }

    boolean separate() {
        return separate;
    }

    boolean strict() {
        return strict;
    }

    InputReader reader() {
        return new InputReader(format, canonicalExporter(), System.in);
    }

    private String canonicalExporter() {
        if (exporter == null) {
            return null;
        }
        long[] address = Address.parse(exporter);
        if (address == null) {
            throw new UsageFault("--exporter was '" + exporter + "', which is no IP address");
        }
        return Address.text(address[0], address[1]);
    }
}
