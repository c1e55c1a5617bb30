package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fast door to an engine's decisions: slots that are set, a decision, and accessors that read
 * it. Confined to one thread at a time; after the first decision it allocates nothing.
 *
 * <p>A session keeps the model, the policy and the guardrails that were in force when {@link
 * DecisionEngine#newSession()} made it. After a swap {@link #isCurrent()} is false, and a new
 * session takes its place.
 *
 * <p>Values stay from one decision to the next until they are set again or {@link #reset()} is
 * called. A value that is refused changes nothing.
 */
public final class DecisionSession {

  private final DecisionEngine engine;
  private final EngineState state;
  private final RowDecider decider;
  private final RowWriter writer;
  private final Rows rows;
  private final DecisionContext context;
  private final ChoiceRule choice;
  private String itemId = "";
  private long listPriceMinor;
  private long unitCostMinor;
  private boolean offered;
  private long timeMillis;
  private String campaign = "";
  private long allowedLevels;
  private boolean decided;
  private boolean rehearsing;
  private boolean optedOut;
  private @Nullable DecisionSession optOutTwin;
  private @Nullable RowCopy optOutCopy;

  DecisionSession(DecisionEngine engine, EngineState state) {
    this.engine = engine;
    this.state = state;
    this.decider = new RowDecider(state);
    this.writer = new RowWriter(state.model.schema(), state.withheld);
    this.rows = decider.rows();
    this.context = decider.context();
    this.choice = decider.choice();
    reset();
  }

  /** Returns the fields whose slots are set here. */
  public Schema schema() {
    return writer.schema();
  }

  /** Returns the levels that can be decided. */
  public DiscountLadder ladder() {
    return state.ladder;
  }

  /** Returns whether what this session decides with is still in force in its engine. */
  public boolean isCurrent() {
    return engine.inForce(state);
  }

  /**
   * Makes all fields missing, forgets the offer, the time, the campaign and an opt-out, and allows
   * all levels.
   */
  public void reset() {
    rows.clear();
    rows.add();
    offered = false;
    decided = false;
    timeMillis = 0;
    campaign = "";
    allowedLevels = -1L;
    optedOut = false;
  }

  /** Sets the customer by number, where the schema has a customer. */
  public void customer(long id) {
    writer.customer(rows, 0, id);
  }

  /** Sets the customer by text, where the schema has a customer. */
  public void customer(String id) {
    writer.customer(rows, 0, id);
  }

  /**
   * Sets the item and its price, also in the fields of those roles.
   *
   * @param newItemId the item's id, not blank
   * @param newListPriceMinor the list price in minor units, not negative
   * @param newUnitCostMinor the cost of one unit in minor units, in [0, list price]
   * @throws IllegalArgumentException if one is out of its range
   */
  public void offer(String newItemId, long newListPriceMinor, long newUnitCostMinor) {
    if (newItemId.isBlank()) {
      throw new IllegalArgumentException("newItemId must not be blank, got \"" + newItemId + "\"");
    }
    Offer.checkPrice(newListPriceMinor, newUnitCostMinor);
    writer.item(rows, 0, newItemId);
    writer.price(rows, 0, newListPriceMinor, newUnitCostMinor);
    itemId = newItemId;
    listPriceMinor = newListPriceMinor;
    unitCostMinor = newUnitCostMinor;
    offered = true;
  }

  /** Sets the item and its price, also in the fields of those roles. */
  public void offer(Offer offer) {
    offer(offer.itemId(), offer.listPriceMinor(), offer.unitCostMinor());
  }

  /**
   * Sets a number, or a flag as 0 or 1.
   *
   * @throws IllegalArgumentException if the value is not finite or the field is of another kind
   */
  public void number(int slot, double value) {
    writer.number(rows, 0, slot, value);
  }

  /**
   * Sets an id or category by number.
   *
   * @throws IllegalArgumentException if the field is of another kind
   */
  public void key(int slot, long value) {
    writer.key(rows, 0, slot, value);
  }

  /**
   * Sets an id or category by text.
   *
   * @throws IllegalArgumentException if the field is of another kind
   */
  public void key(int slot, String value) {
    writer.key(rows, 0, slot, value);
  }

  /** Makes a field missing. */
  public void missing(int slot) {
    rows.setMissing(0, slot);
  }

  /** Sets the time in milliseconds since 1970. */
  public void timeMillis(long millis) {
    timeMillis = millis;
  }

  /**
   * Sets whether the customer refuses prices by personal data, as {@link
   * DecisionRequest.Builder#optOut} does.
   *
   * @throws IllegalArgumentException if the engine has no model without personal data
   */
  public void optOut(boolean refuses) {
    if (refuses) {
      state.requireOptOut();
    }
    optedOut = refuses;
  }

  /** Sets the campaign the decision belongs to, empty for none. */
  public void campaign(String newCampaign) {
    campaign = newCampaign;
  }

  /**
   * Sets the levels that may be chosen.
   *
   * @param mask one bit each, level 0 the lowest bit and always allowed
   */
  public void allowedLevels(long mask) {
    allowedLevels = mask;
  }

  /**
   * Decides.
   *
   * @param decisionId the id of the decision, unique, to be logged
   * @return the chosen level's place in the ladder
   * @throws IllegalStateException if no offer was set, or if the model or the policy breaks its
   *     contract
   */
  public int decide(long decisionId) {
    if (!offered) {
      throw new IllegalStateException("offer must be set before a decision, got none");
    }
    decided = false;
    if (optedOut) {
      return decideImpersonally(decisionId);
    }
    decider.score();
    context.offer(itemId, listPriceMinor, unitCostMinor);
    context.decision(decisionId, timeMillis, campaign);
    if (rehearsing) {
      decider.rehearse(0, allowedLevels, 0);
    } else {
      decider.choose(0, allowedLevels, 0);
    }
    decided = true;
    return decider.levelIndex();
  }

  /** Lets the twin of who opts out decide by what is contextual alone. */
  private int decideImpersonally(long decisionId) {
    DecisionSession twin = optOutTwin;
    RowCopy copy = optOutCopy;
    if (twin == null || copy == null) {
      twin = new DecisionSession(engine, state.requireOptOut());
      copy = RowCopy.impersonal(rows.schema(), twin.rows.schema());
      optOutTwin = twin;
      optOutCopy = copy;
    }
    copy.copyInto(rows, 0, twin.rows);
    twin.itemId = itemId;
    twin.listPriceMinor = listPriceMinor;
    twin.unitCostMinor = unitCostMinor;
    twin.offered = true;
    twin.writer.item(twin.rows, 0, itemId);
    twin.writer.price(twin.rows, 0, listPriceMinor, unitCostMinor);
    twin.timeMillis = timeMillis;
    twin.campaign = campaign;
    twin.allowedLevels = allowedLevels;
    twin.rehearsing = rehearsing;
    twin.decide(decisionId);
    decided = true;
    return twin.decider.levelIndex();
  }

  /** Makes this session decide without taking anything from guardrails. */
  DecisionSession rehearsing() {
    rehearsing = true;
    return this;
  }

  /** Returns the chosen level's place in the ladder. */
  public int levelIndex() {
    DecisionSession at = shown();
    return at.decider.levelIndex();
  }

  /** Returns the price to pay, in minor units. */
  public long priceMinor() {
    DecisionSession at = shown();
    return at.context.netPriceMinor(at.decider.levelIndex());
  }

  /** Returns the probability with which the level was chosen, in (0, 1]. */
  public double propensity() {
    DecisionSession at = shown();
    return at.choice.chance(at.decider.levelIndex());
  }

  /** Returns the probability with which a level would have been chosen, in [0, 1]. */
  public double propensity(int level) {
    DecisionSession at = shown();
    return at.choice.chance(level);
  }

  /** Returns the model's probability of a purchase at a level, in [0, 1]. */
  public double purchaseProbability(int level) {
    DecisionSession at = shown();
    return at.context.purchaseProbability(level);
  }

  /** Returns purchase probability times (price - cost) at the chosen level, in minor units. */
  public double expectedProfitMinor() {
    DecisionSession at = shown();
    return at.context.expectedProfitMinor(at.decider.levelIndex());
  }

  /** Returns what a level is worth to {@link #valuation()}, in its unit. */
  public double value(int level) {
    DecisionSession at = shown();
    return at.context.value(level);
  }

  /**
   * Returns what one term contributes to a level's value.
   *
   * @param level the level's place in the ladder
   * @param term the term's place in {@link Valuation#terms()}
   */
  public double term(int level, int term) {
    DecisionSession at = shown();
    return at.context.term(level, term);
  }

  /** Returns what the levels are valued by. */
  public Valuation valuation() {
    return state.valuation;
  }

  /** Returns the levels that could not be chosen, one bit each, level 0 the lowest. */
  public long closedLevels() {
    DecisionSession at = shown();
    return at.state.ladder.allLevels() & ~at.context.openLevels();
  }

  /** Returns the code of what closed a level: a guardrail's, {@code request}, or empty if open. */
  public String closedBy(int level) {
    DecisionSession at = shown();
    String code = at.state.terms.closer(at.choice.closedBy(level));
    return code == null ? "" : code;
  }

  /**
   * Returns the nearest change that would have opened a level, {@code null} if no guardrail closed
   * it. Makes a new object.
   *
   * @param level the level's place in the ladder
   */
  public @Nullable Opening opening(int level) {
    DecisionSession at = shown();
    return at.choice.opening(at.context, level);
  }

  /**
   * Returns the price that an announced reduction has to be measured against, such as the lowest of
   * the last 30 days, in minor units; -1 if no guardrail knows one.
   */
  public long referencePriceMinor() {
    DecisionSession at = shown();
    return at.choice.referencePriceMinor(at.context);
  }

  /**
   * Returns the handle of what a guardrail reserved for the decision, as {@link
   * Decision#reservation} does; 0 if nothing was reserved.
   */
  public long reservation() {
    DecisionSession at = shown();
    return at.choice.reservation(at.context);
  }

  /** Returns the code of why the level was chosen: the policy's, or {@code explored}. */
  public String reasonCode() {
    DecisionSession at = shown();
    return at.state.terms.choice(at.decider.levelIndex() != at.choice.mode()).code();
  }

  /** Returns the version of the model that scores, after a decision of the one that scored. */
  public String modelVersion() {
    return (decided ? shown() : this).state.terms.modelVersion();
  }

  /**
   * Returns whether fields of a kind could have moved the level: whether the request states one
   * that the model, the valuation, the policy or a guardrail reads.
   */
  public boolean couldHaveMoved(Field.Tag tag) {
    DecisionSession at = shown();
    return TagRule.has(at.decider.tags(), tag);
  }

  /** Returns the session that made the last decision: this one, or that of who opted out. */
  private DecisionSession shown() {
    if (!decided) {
      throw new IllegalStateException("decide must come before its result is read");
    }
    DecisionSession other = optOutTwin;
    return optedOut && other != null ? other : this;
  }
}
