package dev.discount.policy.log;

/**
 * What joining purchases to decisions came to. Every decision and every purchase is counted once.
 * Immutable.
 *
 * @param rows the rows that were written, one for each decision
 * @param bought the rows with at least one purchase
 * @param closedEarly the rows written before their time was over, because too many were open
 * @param erased the rows whose personal fields are erased, and so missing
 * @param repeatedDecisions decisions left out because one of the same id and place was open
 * @param joined the purchases that count in a row
 * @param duplicates the purchases whose id the same decision had already
 * @param outsideWindow the purchases made before their decision or too long after it
 * @param late the purchases that arrived when their row was written already
 * @param unknown the purchases of no decision that is known, or of one written long ago
 */
public record JoinReport(
    long rows,
    long bought,
    long closedEarly,
    long erased,
    long repeatedDecisions,
    long joined,
    long duplicates,
    long outsideWindow,
    long late,
    long unknown) {}
