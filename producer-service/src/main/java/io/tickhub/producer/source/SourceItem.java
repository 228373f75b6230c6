package io.tickhub.producer.source;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.util.Optional;

/** What a source gives: a tick, or a row that is none and says why. Immutable. */
public sealed interface SourceItem {

    /** The row of a file from which it was read, empty if it comes from no file. */
    Optional<RowAddress> row();

    /**
     * A tick to publish.
     *
     * @param tick the tick
     * @param row where it was read, if it was read
     */
    record Good(Tick tick, Optional<RowAddress> row) implements SourceItem {}

    /**
     * A row that cannot be used.
     *
     * @param address where it was read
     * @param raw what stood there
     * @param symbol the instrument, where the row names one; never {@link Symbol#ALL}
     * @param reason the kind of fault
     * @param detail one sentence for a person, bounded in length
     */
    record Bad(RowAddress address, RawRow raw, Optional<Symbol> symbol, DeadLetterReason reason, String detail)
            implements SourceItem {

        @Override
        public Optional<RowAddress> row() {
            return Optional.of(address);
        }
    }
}
