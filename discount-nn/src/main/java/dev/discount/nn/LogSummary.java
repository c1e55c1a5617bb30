package dev.discount.nn;

/**
 * What training has to know of all rows of a log at once. Immutable.
 *
 * @param trainRows the rows to train on, at least 1
 * @param validationRows the rows to validate on
 * @param skipped the rows of both that were left out
 * @param totals sums over the rows to train on
 * @param sha256 the SHA-256 of the rows trained and validated on, in hexadecimal
 */
record LogSummary(
    int trainRows, int validationRows, int skipped, TrainTotals totals, String sha256) {}
