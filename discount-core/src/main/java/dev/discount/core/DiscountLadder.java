package dev.discount.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The levels a policy may choose from, of one kind besides {@code None}. Immutable; every instance
 * is valid, so code that receives one never re-checks it.
 *
 * @param levels the levels, {@code None} first, ordered ones strictly deeper than their
 *     predecessor, at most {@link #MAX_LEVELS}; copied
 */
public record DiscountLadder(List<Level> levels) {

  /** The largest number of levels: one bit each in a {@code long}. */
  public static final int MAX_LEVELS = 64;

  /** Checks and copies the levels. */
  public DiscountLadder {
    levels = List.copyOf(levels);
    if (levels.isEmpty() || levels.size() > MAX_LEVELS) {
      throw new IllegalArgumentException("levels must number 1 to 64, got " + levels.size());
    }
    if (!(levels.get(0) instanceof Level.None)) {
      throw new IllegalArgumentException("levels[0] must be None, got " + levels.get(0));
    }
    for (int i = 1; i < levels.size(); i++) {
      checkKind(levels, i);
      if (i > 1) {
        checkOrder(levels.get(i - 1), levels.get(i), i);
      }
    }
    checkDistinctNames(levels);
  }

  private static void checkKind(List<Level> levels, int i) {
    if (levels.get(i) instanceof Level.None) {
      throw new IllegalArgumentException("levels[" + i + "] must not be None, only levels[0] is");
    }
    if (levels.get(i).getClass() != levels.get(1).getClass()) {
      throw new IllegalArgumentException(
          "levels[" + i + "] must be of the kind of levels[1], got " + levels.get(i));
    }
  }

  private static void checkOrder(Level shallower, Level deeper, int i) {
    boolean rises = true;
    if (shallower instanceof Level.PercentOff a && deeper instanceof Level.PercentOff b) {
      rises = b.basisPoints() > a.basisPoints();
    } else if (shallower instanceof Level.AmountOff a && deeper instanceof Level.AmountOff b) {
      rises = b.minorUnits() > a.minorUnits();
    }
    if (!rises) {
      throw new IllegalArgumentException(
          "levels[" + i + "] must be deeper than levels[" + (i - 1) + "], got " + deeper);
    }
  }

  private static void checkDistinctNames(List<Level> levels) {
    Set<Level> seen = new HashSet<>();
    for (int i = 0; i < levels.size(); i++) {
      if (!seen.add(levels.get(i))) {
        throw new IllegalArgumentException(
            "levels[" + i + "] must differ from the others, got " + levels.get(i));
      }
    }
  }

  /**
   * Returns a ladder of percentages, {@code None} first.
   *
   * @param basisPoints the shares, rising, each in (0, 10000]
   */
  public static DiscountLadder ofBasisPoints(int... basisPoints) {
    List<Level> levels = new ArrayList<>();
    levels.add(new Level.None());
    for (int share : basisPoints) {
      levels.add(new Level.PercentOff(share));
    }
    return new DiscountLadder(levels);
  }

  /**
   * Returns a ladder of amounts, {@code None} first.
   *
   * @param minorUnits the amounts, rising, each above 0
   */
  public static DiscountLadder ofAmounts(long... minorUnits) {
    List<Level> levels = new ArrayList<>();
    levels.add(new Level.None());
    for (long amount : minorUnits) {
      levels.add(new Level.AmountOff(amount));
    }
    return new DiscountLadder(levels);
  }

  /**
   * Returns a ladder of named arms, {@code None} first.
   *
   * @param ids the names, distinct and not blank
   */
  public static DiscountLadder ofNames(String... ids) {
    List<Level> levels = new ArrayList<>();
    levels.add(new Level.None());
    for (String id : ids) {
      levels.add(new Level.Named(id));
    }
    return new DiscountLadder(levels);
  }

  /** Returns the number of levels, {@code None} included. */
  public int size() {
    return levels.size();
  }

  /**
   * Returns one level.
   *
   * @param index its place, 0 for {@code None}
   */
  public Level level(int index) {
    return levels.get(index);
  }

  /** Returns whether the levels have a depth, that is, are not named arms. */
  public boolean ordered() {
    return size() < 2 || !(levels.get(1) instanceof Level.Named);
  }

  /** Returns the set of all levels, one bit each, level 0 the lowest. */
  public long allLevels() {
    return size() == MAX_LEVELS ? -1L : (1L << size()) - 1;
  }
}
