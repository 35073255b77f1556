package io.flowwarden.draft;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.classify.Classifier;
import io.flowwarden.classify.ConversationMemory;
import io.flowwarden.classify.Knowledge;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.flow.FlowBatch;
import java.util.List;

/**
 * Drafts an estate from flows. Knows no clock and no file: the same flows in the same order give
 * the same text, which {@code EstateFile} always takes. What it remembers is bounded.
 *
 * <p>Who is client and who is server the judge's own classifier says, so that flows mean to the
 * draft what they mean when they are judged by it.
 */
public final class Draft {
    private final Observations seen = new Observations();
    private final Verdicts verdicts = new Verdicts();
    private final Classifier classifier;

    /**
     * @param catalog whose ports tell clients from servers
     */
    public Draft(Catalog catalog) {
        var knowledge = Knowledge.compile(catalog.rules(), null, catalog.revision().hash(), null);
        classifier = new Classifier(knowledge, ConversationMemory.transientOnly());
    }

    /** Takes the flows of one raw record. */
    public void observe(FlowBatch batch) {
        if (batch.size() > 0) {
            classifier.judge(batch, verdicts);
            seen.add(batch, verdicts);
        }
    }

    /** The estate as YAML, line by line. */
    public List<String> lines() {
        return new DraftText(seen).lines();
    }
}
