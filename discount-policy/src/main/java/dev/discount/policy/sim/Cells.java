package dev.discount.policy.sim;

/** Takes the cells of one row in the order of the schema's slots. */
interface Cells {

  void key(int slot, long value);

  void text(int slot, String value);

  /**
   * Takes a number as a whole number of its last decimal place, so that its text and its value do
   * not depend on how a JDK prints a double.
   *
   * @param scaled the number times ten to the power of {@code digits}
   * @param digits the decimal places, 0 to 6
   */
  void number(int slot, long scaled, int digits);
}
