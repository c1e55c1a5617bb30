package dev.discount.nn;

/** The streams of the counter-based generator that training draws from, one for each purpose. */
enum Streams {
  DENSE_INIT,
  TABLE_INIT,
  SHUFFLE,
  DROPOUT,
  UNKNOWN,
  MEMBER,
  BLOCKS;

  /**
   * Returns the stream of one of several things with the same purpose.
   *
   * @param index the layer, table, field, epoch or member, 0 or more
   */
  long of(int index) {
    return (((long) ordinal() + 1) << 32) + index;
  }
}
