package dev.discount.policy.log;

/**
 * What a pass over a log found. Immutable.
 *
 * @param segments the number of segments
 * @param records the number of decisions
 * @param dropped the decisions that found no room in the ring, as the log says
 * @param erased the decisions whose personal fields cannot be read any more
 * @param tornBytes the bytes that writers which died had left unforced; they do not count
 * @param closed whether the last segment ends as a closed log does; if not, its writer runs or died
 * @param head the end of the chain
 */
public record LogReport(
    long segments,
    long records,
    long dropped,
    long erased,
    long tornBytes,
    boolean closed,
    LogHead head) {}
