package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for one customer and one offer, and why. Immutable; a function of the model, the
 * policy, the guardrails, the request and the seed. Two decisions are equal if all that their
 * accessors say is equal.
 *
 * <p>{@link #levels()} and {@link #reasons()} make a new list on each call; the accessors that take
 * a level allocate nothing. A decision that is kept keeps no model and no policy in memory.
 */
public final class Decision {

  /*
   * Most of a decision is never looked at. So it holds what cannot be computed again, two numbers
   * and one byte for each level, next to what all decisions of an engine state share. The terms of
   * a valuation come after the two numbers; the expected profit alone is not stored.
   */

  /** The columns of {@link #numbers}. */
  static final int PURCHASE = 0;

  static final int CHANCE = 1;
  static final int COLUMNS = 2;

  private final DecisionTerms terms;
  private final long decisionId;
  private final Offer offer;
  private final int levelIndex;

  /** Purchase probability and chance, shape {@code [COLUMNS, levels]}; then the terms. */
  private final double[] numbers;

  private final Closings closings;

  /**
   * Takes what was chosen; the arrays are kept, not copied.
   *
   * @param numbers purchase probability and chance, shape {@code [COLUMNS, levels]}; then the terms
   *     that the spec stores, shape {@code [levels, terms]}
   * @param closings what closed each level, in the places and marks of the terms
   */
  Decision(
      DecisionTerms terms,
      DecisionRequest request,
      int levelIndex,
      double[] numbers,
      Closings closings) {
    this.terms = terms;
    this.decisionId = request.decisionId();
    this.offer = request.offer();
    this.levelIndex = levelIndex;
    this.numbers = numbers;
    this.closings = closings;
  }

  /**
   * Returns a builder of decisions that no engine made, for a host's unit tests.
   *
   * @param request the request that is answered
   * @param ladder the levels
   */
  public static DecisionBuilder builder(DecisionRequest request, DiscountLadder ladder) {
    return new DecisionBuilder(request, ladder);
  }

  /**
   * A reason of a decision.
   *
   * @param code a short stable text for logs, such as {@code minimum-margin}
   * @param sentence one sentence for people
   */
  public record Reason(String code, String sentence) {}

  /**
   * One level of the ladder at the time of a decision.
   *
   * @param level the level
   * @param priceMinor the price to pay at it, in minor units
   * @param purchaseProbability the model's probability of a purchase, in [0, 1]
   * @param expectedProfitMinor purchase probability times (price - cost), in minor units
   * @param chance the probability with which the policy chose it, in [0, 1]
   * @param closedBy the code of what closed it, {@code null} if it was open
   */
  public record LevelView(
      Level level,
      long priceMinor,
      double purchaseProbability,
      double expectedProfitMinor,
      double chance,
      @Nullable String closedBy) {

    /** Returns whether the level could be chosen. */
    public boolean open() {
      return closedBy == null;
    }
  }

  /** Returns the id of the decision, as the request stated it. */
  public long decisionId() {
    return decisionId;
  }

  /** Returns the item with its list price and cost. */
  public Offer offer() {
    return offer;
  }

  /** Returns the levels that could be decided. */
  public DiscountLadder ladder() {
    return terms.ladder();
  }

  /** Returns the place of the chosen level in the ladder. */
  public int levelIndex() {
    return levelIndex;
  }

  /** Returns the chosen level. */
  public Level level() {
    return terms.ladder().level(levelIndex);
  }

  /** Returns the price to pay, in minor units. */
  public long priceMinor() {
    return priceMinor(levelIndex);
  }

  /** Returns the amount taken off the list price, in minor units. */
  public long discountMinor() {
    return offer.listPriceMinor() - priceMinor();
  }

  /** Returns the probability with which the level was chosen, in (0, 1]. */
  public double propensity() {
    return chance(levelIndex);
  }

  /** Returns the probability of a purchase at the chosen level, in [0, 1]. */
  public double purchaseProbability() {
    return purchaseProbability(levelIndex);
  }

  /** Returns purchase probability times (price - cost) at the chosen level, in minor units. */
  public double expectedProfitMinor() {
    return expectedProfitMinor(levelIndex);
  }

  /**
   * Returns the kinds of fields that could have moved the level: those of which the request stated
   * one that the model, the valuation, the policy or a guardrail reads.
   */
  public Set<Field.Tag> tags() {
    return TagRule.set(closings.tags());
  }

  /**
   * Returns {@code personal-data} where personal or protected data could have moved the level, so
   * that the host can say so to the customer, {@code null} elsewhere.
   */
  public @Nullable String disclosure() {
    return TagRule.personal(closings.tags()) ? DecisionTerms.PERSONAL_CODE : null;
  }

  /** Returns what the levels were valued by, such as {@code profit}. */
  public String objective() {
    return terms.value().objective();
  }

  /** Returns the unit of {@link #value()}, such as {@code minor-units}. */
  public String valueUnit() {
    return terms.value().unit();
  }

  /** Returns the version of the valuation. */
  public String valuationVersion() {
    return terms.value().version();
  }

  /** Returns the names of the terms of a value, in the order in which they are added. */
  public List<String> valueTerms() {
    return terms.value().terms();
  }

  /** Returns what the chosen level was worth. */
  public double value() {
    return value(levelIndex);
  }

  /** Returns why: the policy first, then what closed a level, in the order it was asked. */
  public List<Reason> reasons() {
    return terms.reasons(explored(), closings.closedBy());
  }

  /** Returns the code of why the level was chosen: the policy's, or {@code explored}. */
  public String reasonCode() {
    return terms.choice(explored()).code();
  }

  /** Returns every level of the ladder as it was seen. */
  public List<LevelView> levels() {
    List<LevelView> views = new ArrayList<>(closings.levels());
    for (int level = 0; level < closings.levels(); level++) {
      views.add(
          new LevelView(
              terms.ladder().level(level),
              priceMinor(level),
              purchaseProbability(level),
              expectedProfitMinor(level),
              chance(level),
              closedBy(level)));
    }
    return List.copyOf(views);
  }

  /** Returns the version of the model that scored. */
  public String modelVersion() {
    return terms.modelVersion();
  }

  /** Returns the seed of the draw. */
  public long seed() {
    return terms.seed();
  }

  /**
   * Returns the price to pay at a level, in minor units.
   *
   * @param level the level's place in the ladder
   */
  public long priceMinor(int level) {
    return terms.ladder().level(level).netPriceMinor(offer.listPriceMinor());
  }

  /**
   * Returns the model's probability of a purchase at a level, in [0, 1].
   *
   * @param level the level's place in the ladder
   */
  public double purchaseProbability(int level) {
    return numbers[at(PURCHASE, level)];
  }

  /**
   * Returns purchase probability times (price - cost) at a level, in minor units.
   *
   * @param level the level's place in the ladder
   */
  public double expectedProfitMinor(int level) {
    return purchaseProbability(level) * (priceMinor(level) - offer.unitCostMinor());
  }

  /**
   * Returns what a level was worth: its terms, added up from the first to the last.
   *
   * @param level the level's place in the ladder
   */
  public double value(int level) {
    double value = term(level, 0);
    for (int t = 1; t < terms.value().columns(); t++) {
      value += term(level, t);
    }
    return value;
  }

  /**
   * Returns what one term contributed to a level's value.
   *
   * @param level the level's place in the ladder
   * @param term the term's place in {@link #valueTerms()}
   */
  public double term(int level, int term) {
    Objects.checkIndex(term, terms.value().terms().size());
    int columns = terms.value().columns();
    if (columns == 0) {
      return expectedProfitMinor(level);
    }
    int from = COLUMNS * closings.levels();
    return numbers[from + Objects.checkIndex(level, closings.levels()) * columns + term];
  }

  /**
   * Returns the probability with which the policy chose a level, in [0, 1].
   *
   * @param level the level's place in the ladder
   */
  public double chance(int level) {
    return numbers[at(CHANCE, level)];
  }

  /**
   * Returns the code of what closed a level, {@code null} if it was open.
   *
   * @param level the level's place in the ladder
   */
  public @Nullable String closedBy(int level) {
    return terms.closer(closings.closedBy()[level]);
  }

  /**
   * Returns the nearest change that would have opened a level, {@code null} if no guardrail closed
   * it.
   *
   * @param level the level's place in the ladder
   */
  public @Nullable Opening opening(int level) {
    return closings.opening(level);
  }

  /**
   * Returns the price that an announced reduction has to be measured against, such as the lowest of
   * the last 30 days, in minor units; empty if no guardrail knows one.
   */
  public OptionalLong referencePriceMinor() {
    long known = closings.referencePriceMinor();
    return known == Closings.NO_REFERENCE ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /** Returns the handle of what a guardrail reserved, to be committed or released; else 0. */
  public long reservation() {
    return closings.reservation();
  }

  private int at(int column, int level) {
    return column * closings.levels() + Objects.checkIndex(level, closings.levels());
  }

  /** Returns whether another level was likelier, or as likely at a smaller discount. */
  private boolean explored() {
    int mode = 0;
    for (int level = 1; level < closings.levels(); level++) {
      if (chance(level) > chance(mode)) {
        mode = level;
      }
    }
    return levelIndex != mode;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Decision that
        && decisionId == that.decisionId
        && levelIndex == that.levelIndex
        && seed() == that.seed()
        && offer.equals(that.offer)
        && modelVersion().equals(that.modelVersion())
        && ladder().equals(that.ladder())
        && terms.value().equals(that.terms.value())
        && Arrays.equals(numbers, that.numbers)
        && closings.sameOpenings(that.closings)
        && sameReasons(that);
  }

  private boolean sameReasons(Decision that) {
    if (terms.equals(that.terms)) {
      return Arrays.equals(closings.closedBy(), that.closings.closedBy());
    }
    for (int level = 0; level < closings.levels(); level++) {
      if (!Objects.equals(closedBy(level), that.closedBy(level))) {
        return false;
      }
    }
    return reasons().equals(that.reasons());
  }

  @Override
  public int hashCode() {
    int hash = Long.hashCode(decisionId) * 31 + offer.hashCode();
    return (hash * 31 + levelIndex) * 31 + Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Decision[decisionId=%d, offer=%s, level=%s, priceMinor=%d, propensity=%s,"
            + " expectedProfitMinor=%s, reasons=%s, modelVersion=%s, seed=%d]",
        decisionId,
        offer,
        level().label(),
        priceMinor(),
        propensity(),
        expectedProfitMinor(),
        reasons().stream().map(Reason::code).toList(),
        modelVersion(),
        seed());
  }
}
