package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.classify.JudgedFlows;
import io.flowwarden.classify.Knowledge;
import io.flowwarden.classify.TypedFlow;
import io.flowwarden.estate.Estate;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.schemas.JudgedFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a flow would be, and why, without any traffic. */
@Command(
        name = "explain",
        description = "Say what a flow from CLIENT to SERVER would be, and why.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "CLIENT",
            description = "Address or endpoint of the estate that opens the conversation.")
    private String client;

    @Parameters(index = "1", paramLabel = "SERVER", description = "Address or endpoint it opens.")
    private String server;

    @Parameters(
            index = "2",
            paramLabel = "PORT/TRANSPORT",
            description = "Service on the server: 443/tcp, 902/udp or icmp.")
    private String service;

    @Option(names = "--estate", paramLabel = "F", description = "Sites, endpoints and policies.")
    private Path estate;

    @Mixin private CatalogArguments rules;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "When, for policies with a last day: 2026-11-20 or 2026-11-20T22:00:00Z;"
                            + " default now.")
    private String at;

    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Catalog catalog = rules.catalog();
        Estate known = estate == null ? null : EstateFile.read(estate, catalog);
        var knowledge =
                Knowledge.compile(
                        catalog.rules(),
                        known == null ? null : known.entries(),
                        catalog.revision().hash(),
                        known == null ? null : known.revision().hash());
        var asked =
                new TypedFlow(knowledge, known == null ? Estate.EMPTY.entries() : known.entries());
        JudgedFlow flow;
        try {
            flow = asked.judge(client, server, service, at == null ? Instant.now() : time(at));
        } catch (IllegalArgumentException e) {
            throw new UsageFault(e.getMessage());
        }
        try (Output out = Output.standard()) {
            if (json) {
                out.json(generator -> FlowJson.write(generator, flow));
            } else {
                out.line(headline(flow));
                out.line(flow.getExplanation());
            }
        }
        return Exit.OK;
    }

    /** {@code 10.1.10.11>10.2.20.5:31031/tcp UNEXPECTED ROLE_MISMATCH}. */
    private static String headline(JudgedFlow flow) {
        String category = flow.getCategory() == null ? "" : " " + flow.getCategory();
        String reason = flow.getReason() == null ? "" : " " + flow.getReason();
        return JudgedFlows.key(flow) + "  " + flow.getVerdict() + reason + category;
    }

    private static Instant time(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageFault(text + " is no time: 2026-11-20 or 2026-11-20T22:00:00Z is");
        }
    }
}
