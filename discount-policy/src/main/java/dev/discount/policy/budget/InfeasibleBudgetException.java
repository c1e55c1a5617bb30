package dev.discount.policy.budget;

import java.util.List;

/**
 * Thrown when no choice of levels, not even of shares of levels, keeps all limits. Names those that
 * cannot be kept together.
 */
public final class InfeasibleBudgetException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // immutable lists are serializable
  private final List<String> limits;

  InfeasibleBudgetException(String message, List<String> limits) {
    super(message);
    this.limits = List.copyOf(limits);
  }

  /** Returns the names of the limits that cannot be kept together. */
  public List<String> limits() {
    return limits;
  }
}
