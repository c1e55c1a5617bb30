package dev.discount.bench;

/**
 * One party's way of doing a figure's work: ours, or a rival's behind the same adapter. Made and
 * used by one thread; the scoreboard prepares it once and then measures it in every round, in turn
 * with all others.
 */
interface Contender extends AutoCloseable {

  /** The party that this library is. */
  String OURS = "discount";

  /** Returns what is measured. */
  Figure figure();

  /** Returns who does the work: {@link #OURS} or the rival's name with its version. */
  default String party() {
    return OURS;
  }

  /** Returns what is unfair about the comparison, to whom, in a clause; empty if nothing is. */
  default String note() {
    return "";
  }

  /**
   * Makes everything ready, asserts that the outputs are right, and runs the work until it is
   * compiled.
   *
   * @throws Exception if the work cannot be done here; the figure is then reported as missing
   */
  void prepare() throws Exception;

  /**
   * Does the work for about half a second and returns how fast it went.
   *
   * @throws Exception if the work failed
   */
  Sample measure() throws Exception;

  /** Returns whether the work is so long that the first round alone measures it. */
  default boolean once() {
    return false;
  }

  @Override
  default void close() {}
}
