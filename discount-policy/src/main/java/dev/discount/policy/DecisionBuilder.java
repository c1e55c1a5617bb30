package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Decision} by hand, for the unit tests of a host. What is not said: level 0 is
 * chosen with probability 1, nobody buys at any level, and all levels are open. Confined to one
 * thread.
 */
public final class DecisionBuilder {

  private final DecisionRequest request;
  private final DiscountLadder ladder;
  private final List<Decision.Reason> closers = new ArrayList<>();
  private final byte[] closedBy;
  private double[] purchaseProbabilities;
  private double @Nullable [] chances;
  private int levelIndex;
  private Decision.Reason reason = new Decision.Reason("fixed", "The level was written by hand.");
  private String modelVersion = "fixed";
  private long seed;

  DecisionBuilder(DecisionRequest request, DiscountLadder ladder) {
    this.request = request;
    this.ladder = ladder;
    this.purchaseProbabilities = new double[ladder.size()];
    this.closedBy = new byte[ladder.size()];
    Arrays.fill(closedBy, DecisionTerms.OPEN);
  }

  /**
   * States the chosen level.
   *
   * @param level the level's place in the ladder
   */
  public DecisionBuilder level(int level) {
    this.levelIndex = requireLevel(level);
    return this;
  }

  /**
   * States the probability of a purchase at each level.
   *
   * @param probabilities one for each level, each in [0, 1]; copied
   */
  public DecisionBuilder purchaseProbabilities(double... probabilities) {
    this.purchaseProbabilities = requireShares("probabilities", probabilities);
    return this;
  }

  /**
   * States the probability with which each level was chosen. If another level than the chosen one
   * is the likeliest, the reason is {@code explored}.
   *
   * @param probabilities one for each level, each in [0, 1]; copied
   */
  public DecisionBuilder chances(double... probabilities) {
    this.chances = requireShares("probabilities", probabilities);
    return this;
  }

  /**
   * States why the level was chosen.
   *
   * @param code a short stable text
   * @param sentence one sentence for people
   */
  public DecisionBuilder reason(String code, String sentence) {
    this.reason = new Decision.Reason(code, sentence);
    return this;
  }

  /**
   * Closes a level.
   *
   * @param level the level's place in the ladder, not 0
   * @param by the code of what closed it and a sentence that says why
   */
  public DecisionBuilder closed(int level, Decision.Reason by) {
    if (requireLevel(level) == 0) {
      throw new IllegalArgumentException("level must not be 0, which is always open, got 0");
    }
    if (!closers.contains(by)) {
      closers.add(by);
    }
    closedBy[level] = (byte) closers.indexOf(by);
    return this;
  }

  /** States the version of the model, {@code fixed} if not said. */
  public DecisionBuilder modelVersion(String version) {
    this.modelVersion = version;
    return this;
  }

  /** States the seed of the draw, 0 if not said. */
  public DecisionBuilder seed(long newSeed) {
    this.seed = newSeed;
    return this;
  }

  /**
   * Returns the decision.
   *
   * @throws IllegalStateException if the chosen level is closed or has chance 0
   */
  public Decision build() {
    int levels = ladder.size();
    double[] numbers = Arrays.copyOf(purchaseProbabilities, Decision.COLUMNS * levels);
    double[] stated = chances;
    if (stated == null) {
      numbers[Decision.CHANCE * levels + levelIndex] = 1;
    } else {
      System.arraycopy(stated, 0, numbers, Decision.CHANCE * levels, levels);
    }
    if (closedBy[levelIndex] != DecisionTerms.OPEN) {
      throw new IllegalStateException("level must be open, got " + levelIndex);
    }
    double propensity = numbers[Decision.CHANCE * levels + levelIndex];
    if (!(propensity > 0)) {
      throw new IllegalStateException(
          "chances[" + levelIndex + "] must be in (0, 1] for the chosen level, got " + propensity);
    }
    DecisionTerms terms =
        new DecisionTerms(
            ladder, reason, List.copyOf(closers), ValueSpec.PROFIT, modelVersion, seed);
    Closings closings =
        new Closings(closedBy.clone(), Closings.NO_OPENINGS, Closings.NO_REFERENCE, 0, 0);
    return new Decision(terms, request, levelIndex, numbers, closings);
  }

  private int requireLevel(int level) {
    if (level < 0 || level >= ladder.size()) {
      throw new IllegalArgumentException(
          "level must be in [0, " + ladder.size() + "), got " + level);
    }
    return level;
  }

  private double[] requireShares(String name, double[] shares) {
    if (shares.length != ladder.size()) {
      throw new IllegalArgumentException(
          name + " must have length " + ladder.size() + ", got " + shares.length);
    }
    for (int level = 0; level < shares.length; level++) {
      if (!(shares[level] >= 0 && shares[level] <= 1)) {
        throw new IllegalArgumentException(
            name + "[" + level + "] must be in [0, 1], got " + shares[level]);
      }
    }
    return shares.clone();
  }
}
