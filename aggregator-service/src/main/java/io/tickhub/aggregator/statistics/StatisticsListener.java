package io.tickhub.aggregator.statistics;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.util.List;
import java.util.Map;

/** Is told what became final. Called on the workers' threads; must return quickly. */
public interface StatisticsListener {

    /** This worker owns the symbol from now on, and found it like that. */
    void opened(PriceStats stats);

    /** A transaction was committed. */
    void published(Publication publication);

    /** This worker no longer owns the symbol. */
    void released(Symbol symbol);

    /**
     * What one transaction added.
     *
     * @param stats the statistics that were written, one for each changed symbol
     * @param ticks valid ticks since the transaction before
     * @param rejected records that were no ticks, by reason
     * @param missed offsets that retention deleted before they were read
     * @param skipped offsets that held no record
     * @param bars bars that were written
     * @param late ticks that came when their bar of the shortest interval was final already
     * @param outside by interval, how many of these are in none of its bars
     * @param idBreaks ticks whose id does not follow that of their source's tick before, by kind
     */
    record Publication(
            List<PriceStats> stats,
            long ticks,
            Map<DeadLetterReason, Long> rejected,
            long missed,
            long skipped,
            long bars,
            long late,
            Map<String, Long> outside,
            Map<IdBreak, Long> idBreaks) {}
}
