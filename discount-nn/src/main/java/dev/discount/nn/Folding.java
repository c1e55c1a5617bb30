package dev.discount.nn;

import java.util.List;

/**
 * Which tables of a network are folded into its first layer, and why others are not. Tables are
 * folded in the order of their size, the smallest first, as long as they fit a limit; scores are
 * the same either way, only their speed differs. Immutable.
 *
 * @param limitBytes the most memory that folded tables may take
 * @param tables the tables of ids and categories, in schema order
 */
public record Folding(long limitBytes, List<Table> tables) {

  /** Copies the list. */
  public Folding {
    tables = List.copyOf(tables);
  }

  /**
   * One table.
   *
   * @param field the name of its field
   * @param folded whether it is folded
   * @param bytes the memory that it takes folded, or would take
   * @param reason why it is folded or not, a clause
   */
  public record Table(String field, boolean folded, long bytes, String reason) {}

  /** Returns whether every table is folded. */
  public boolean complete() {
    return tables.stream().allMatch(Table::folded);
  }

  /** Returns the memory that the folded tables take. */
  public long bytes() {
    return tables.stream().filter(Table::folded).mapToLong(Table::bytes).sum();
  }
}
