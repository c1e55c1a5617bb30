package dev.discount.policy.budget;

import java.util.Set;

/** Thrown when an instance that was not registered asks for a lease. Nothing has been changed. */
public final class UnknownInstanceException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String instance;

  UnknownInstanceException(String instance, Set<String> known) {
    super("instance must be one of " + known + ", got " + instance);
    this.instance = instance;
  }

  /** Returns the name that is not known. */
  public String instance() {
    return instance;
  }
}
