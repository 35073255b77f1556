package io.flowwarden.alert;

import io.flowwarden.books.Ledger;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.SchemaSerdes;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The step from findings to alerts.
 *
 * @param findings topic
 * @param actionsTopic topic
 * @param alerts topic
 * @param partitions how many findings has
 */
public record Settle(
        String findings,
        String actionsTopic,
        String alerts,
        int partitions,
        AlertSettings settings,
        SchemaSerdes serdes) {
    /** Keeps the incidents, one store for each partition of findings. */
    public static final String STORE = SettleStore.NAME;

    public ProcessorSupplier<byte[], byte[], byte[], byte[]> processor(
            Supplier<Roster> roster, Ledger ledger) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new SettleProcessor(Settle.this, roster, ledger);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(SettleStore.builder());
            }
        };
    }
}
