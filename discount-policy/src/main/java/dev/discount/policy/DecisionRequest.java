package dev.discount.policy;

import dev.discount.core.Offer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question to a {@link Decider}: who is asked, what is offered, and what is known about both.
 * Immutable.
 *
 * <p>Values are given by the names of the model's fields. Customer, item, price and cost go to the
 * fields of those roles by themselves; a field that is not given is missing, for which every model
 * has a defined encoding. Names and kinds are checked against the model's schema when the request
 * is decided, numbers when they are given.
 */
public final class DecisionRequest {

  private final long decisionId;
  private final @Nullable Object customer;
  private final Offer offer;
  private final Map<String, Object> values;
  private final long timeMillis;
  private final String campaign;
  private final long allowedLevels;
  private final boolean optedOut;

  private DecisionRequest(Builder builder, Offer offer) {
    this.decisionId = builder.decisionId;
    this.customer = builder.customer;
    this.offer = offer;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(builder.values));
    this.timeMillis = builder.timeMillis;
    this.campaign = builder.campaign;
    this.allowedLevels = builder.allowedLevels;
    this.optedOut = builder.optedOut;
  }

  private DecisionRequest(DecisionRequest other, Offer offer) {
    this.decisionId = other.decisionId;
    this.customer = other.customer;
    this.offer = offer;
    this.values = other.values;
    this.timeMillis = other.timeMillis;
    this.campaign = other.campaign;
    this.allowedLevels = other.allowedLevels;
    this.optedOut = other.optedOut;
  }

  /**
   * Returns a builder.
   *
   * @param decisionId the id of the decision; with the engine's seed it fixes the random draw, so
   *     it is to be unique and to be logged
   */
  public static Builder builder(long decisionId) {
    return new Builder(decisionId);
  }

  /** Returns the same question about another item. */
  public DecisionRequest withOffer(Offer newOffer) {
    return new DecisionRequest(this, newOffer);
  }

  /** Returns the id of the decision. */
  public long decisionId() {
    return decisionId;
  }

  /** Returns the customer's id, a {@code Long} or a text, {@code null} if nobody is known. */
  public @Nullable Object customer() {
    return customer;
  }

  /** Returns the item with its list price and cost. */
  public Offer offer() {
    return offer;
  }

  /** Returns the values by field name, each a Long, a Double, a Boolean or a text. */
  public Map<String, Object> values() {
    return values;
  }

  /** Returns the time of the decision in milliseconds since 1970, 0 if not stated. */
  public long timeMillis() {
    return timeMillis;
  }

  /** Returns the campaign the decision belongs to, empty if it has none. */
  public String campaign() {
    return campaign;
  }

  /** Returns the levels this request allows, one bit each, level 0 the lowest and always set. */
  public long allowedLevels() {
    return allowedLevels;
  }

  /** Returns whether the customer has refused prices by personal data. */
  public boolean optedOut() {
    return optedOut;
  }

  /** Builds a {@link DecisionRequest}. Confined to one thread. */
  public static final class Builder {
    private final long decisionId;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private @Nullable Object customer;
    private @Nullable Offer offer;
    private long timeMillis;
    private String campaign = "";
    private long allowedLevels = -1L;
    private boolean optedOut;

    private Builder(long decisionId) {
      this.decisionId = decisionId;
    }

    /** States the customer by number. */
    public Builder customer(long id) {
      this.customer = id;
      return this;
    }

    /** States the customer by text; a decimal number is the same customer as that number. */
    public Builder customer(String id) {
      this.customer = id;
      return this;
    }

    /** States the item, its list price and its cost. */
    public Builder offer(Offer newOffer) {
      this.offer = newOffer;
      return this;
    }

    /**
     * States a number.
     *
     * @throws IllegalArgumentException if {@code value} is not finite
     */
    public Builder number(String field, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(field + " must be finite, got " + value);
      }
      values.put(field, value);
      return this;
    }

    /** States an id or category by text. */
    public Builder category(String field, String value) {
      values.put(field, value);
      return this;
    }

    /** States an id or category by number. */
    public Builder category(String field, long value) {
      values.put(field, value);
      return this;
    }

    /** States a flag. */
    public Builder flag(String field, boolean value) {
      values.put(field, value);
      return this;
    }

    /** States the time in milliseconds since 1970. */
    public Builder timeMillis(long millis) {
      this.timeMillis = millis;
      return this;
    }

    /**
     * States that the customer refuses prices by personal data: the engine's model without personal
     * data answers, and values of personal and protected fields are left out.
     */
    public Builder optOut() {
      this.optedOut = true;
      return this;
    }

    /** States the campaign the decision belongs to, which a {@link KillSwitch} may stop. */
    public Builder campaign(String name) {
      this.campaign = name;
      return this;
    }

    /**
     * States the levels this request allows, all if not said; level 0 is always allowed.
     *
     * @param levels places in the ladder
     */
    public Builder allowedLevels(int... levels) {
      long mask = 1;
      for (int i = 0; i < levels.length; i++) {
        if (levels[i] < 0 || levels[i] >= Long.SIZE) {
          throw new IllegalArgumentException(
              "levels[" + i + "] must be in [0, 64), got " + levels[i]);
        }
        mask |= 1L << levels[i];
      }
      this.allowedLevels = mask;
      return this;
    }

    /**
     * Returns the request.
     *
     * @throws IllegalStateException if no offer was stated
     */
    public DecisionRequest build() {
      Offer stated = offer;
      if (stated == null) {
        throw new IllegalStateException("offer must be stated, got none");
      }
      return new DecisionRequest(this, stated);
    }
  }
}
