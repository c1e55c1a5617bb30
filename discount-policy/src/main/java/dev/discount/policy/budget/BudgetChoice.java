package dev.discount.policy.budget;

import java.util.Optional;

/**
 * One level for each customer within a budget, with the proof of how good that is. Immutable and
 * safe for concurrent use.
 */
public final class BudgetChoice {

  private final byte[] levels;
  private final double budget;
  private final double spend;
  private final double shadowPrice;
  private final Optional<Split> split;
  private final Certificate certificate;

  BudgetChoice(
      byte[] levels, double budget, Walk.End end, Audit.Partial audit, Optional<Split> split) {
    this.levels = levels;
    this.budget = budget;
    this.spend = audit.cost();
    this.shadowPrice = end.price();
    this.split = split;
    this.certificate =
        new Certificate(
            audit.value(),
            audit.surplus() + end.price() * budget,
            Math.max(0, audit.cost() - budget));
  }

  /**
   * The one customer whom the best division of the budget leaves between two levels. The choice
   * gives the cheaper one.
   *
   * @param customer the customer
   * @param level the level given
   * @param nextLevel the level for which money remains in part
   * @param share the share of the step that could be paid, in (0, 1)
   * @param value what the whole step would add
   */
  public record Split(int customer, int level, int nextLevel, double share, double value) {}

  /** Returns the number of customers. */
  public int customers() {
    return levels.length;
  }

  /**
   * Returns a customer's level.
   *
   * @param customer the customer, in [0, customers)
   */
  public int level(int customer) {
    return levels[customer] & ~Bracket.UNDECIDED;
  }

  /** Returns the budget. */
  public double budget() {
    return budget;
  }

  /** Returns the cost of the choice, never above the budget. */
  public double spend() {
    return spend;
  }

  /** Returns the value of the choice. */
  public double value() {
    return certificate.primalValue();
  }

  /**
   * Returns the value that one more unit of cost would bring, 0 if money is left over: the price at
   * which levels are chosen online.
   */
  public double shadowPrice() {
    return shadowPrice;
  }

  /** Returns the value if the split customer could be given a share of a step. */
  public double relaxedValue() {
    return value() + split.map(s -> s.share() * s.value()).orElse(0.0);
  }

  /** Returns the customer between two levels, if the budget ends inside a step. */
  public Optional<Split> split() {
    return split;
  }

  /** Returns the proof. */
  public Certificate certificate() {
    return certificate;
  }
}
