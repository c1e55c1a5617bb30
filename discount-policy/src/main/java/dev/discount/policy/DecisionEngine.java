package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.internal.kernel.KernelsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides discounts with a response model, a policy and guardrails. Thread-safe and lock-free.
 *
 * <p>A decision is a function of the model, the policy, the guardrails, the request and the seed:
 * the random draw is a hash of the seed and the decision id, so a decision can be made again from
 * its log.
 *
 * <p>Model and policy can be swapped while decisions are made. A decision under way ends with what
 * it began with; if the new model or policy does not pass its checks, the old stays in force.
 */
public final class DecisionEngine implements Decider {

  private static final int WARM_UP_DECISIONS = 4_000;
  private static final long WARM_UP_PRICE_MINOR = 10_000;

  private final AtomicReference<EngineState> state;

  private DecisionEngine(EngineState state) {
    this.state = new AtomicReference<>(state);
  }

  /**
   * Returns a builder.
   *
   * @param model the purchase probability at each level
   * @param ladder the levels to choose from
   */
  public static Builder builder(ResponseModel model, DiscountLadder ladder) {
    return new Builder(model, ladder);
  }

  @Override
  public DiscountLadder ladder() {
    return state.get().ladder;
  }

  /** Returns the model in force. */
  public ResponseModel model() {
    return state.get().model;
  }

  /** Returns what levels are worth. */
  public Valuation valuation() {
    return state.get().valuation;
  }

  /** Returns what stops discounts at once. */
  public KillSwitch killSwitch() {
    return state.get().killSwitch;
  }

  /** Returns the policy in force. */
  public DiscountPolicy policy() {
    return state.get().policy;
  }

  /** Returns a fast door to what is in force now. */
  public DecisionSession newSession() {
    return new DecisionSession(this, state.get());
  }

  /**
   * Decides one offer.
   *
   * @throws IllegalArgumentException if the request does not fit the model's schema
   * @throws IllegalStateException if the model or the policy breaks its contract
   */
  @Override
  public Decision decide(DecisionRequest request) {
    EngineState now = inForce(request.optedOut());
    RequestDecider decider = take(now);
    Decision decision = decider.decide(request);
    now.pool.give(decider);
    return decision;
  }

  /**
   * {@inheritDoc}
   *
   * <p>All requests are scored in one batch, those that opt out of personal data in another by
   * their model; all are ranked together. The place of a request in the list takes part in its
   * draw, so that requests with one decision id are drawn independently.
   *
   * @throws IllegalStateException if the model or the policy breaks its contract
   */
  @Override
  public List<Decision> topItems(List<DecisionRequest> requests, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be >= 1, got " + count);
    }
    if (requests.isEmpty()) {
      return List.of();
    }
    EngineState now = state.get();
    ItemRanking ranking = new ItemRanking(requests);
    int[] refusing = ranking.places(true);
    RequestDecider theirs = refusing.length == 0 ? null : take(now.requireOptOut());
    RequestDecider mine = refusing.length == requests.size() ? null : take(now);
    if (theirs != null) {
      ranking.rank(theirs, refusing);
    }
    if (mine != null) {
      ranking.rank(mine, ranking.places(false));
    }
    List<Decision> best = ranking.best(count);
    if (theirs != null) {
      now.requireOptOut().pool.give(theirs);
    }
    if (mine != null) {
      now.pool.give(mine);
    }
    return best;
  }

  /**
   * Returns what makes decisions again with what is in force now, and {@linkplain
   * DecisionRepeater#optedOut beside it} what repeats those whose request opted out of personal
   * data.
   */
  public DecisionRepeater newRepeater() {
    return new DecisionRepeater(state.get());
  }

  private EngineState inForce(boolean optedOut) {
    EngineState now = state.get();
    return optedOut ? now.requireOptOut() : now;
  }

  /** Takes an idle decider; one that threw is never given back. */
  private static RequestDecider take(EngineState now) {
    RequestDecider idle = now.pool.take();
    return idle != null ? idle : new RequestDecider(now);
  }

  boolean inForce(EngineState sessionState) {
    return state.get() == sessionState;
  }

  /**
   * Puts a model into force.
   *
   * @param model the new model
   * @throws IllegalArgumentException if it cannot score the ladder or does not give probabilities;
   *     the old one stays
   */
  public void swap(ResponseModel model) {
    EngineState.checkModel(model, ladder());
    ValuedLevels.check(valuation(), model, ladder());
    EngineState.checkGuardrails(state.get().guardrails, ladder(), model.schema());
    state.updateAndGet(now -> now.with(model, now.policy));
  }

  /**
   * Puts a policy into force.
   *
   * @param policy the new policy
   * @throws IllegalArgumentException if it names a level that the ladder does not have; the old one
   *     stays
   */
  public void swap(DiscountPolicy policy) {
    policy.checkLadder(ladder());
    state.updateAndGet(
        now -> {
          now.checkOptOut(policy);
          return now.with(now.model, policy);
        });
  }

  /**
   * Puts a model and a policy into force at once.
   *
   * @throws IllegalArgumentException if one does not pass its check; both old ones stay
   */
  public void swap(ResponseModel model, DiscountPolicy policy) {
    EngineState.checkModel(model, ladder());
    ValuedLevels.check(valuation(), model, ladder());
    EngineState.checkGuardrails(state.get().guardrails, ladder(), model.schema());
    policy.checkLadder(ladder());
    state.updateAndGet(
        now -> {
          now.checkOptOut(policy);
          return now.with(model, policy);
        });
  }

  /**
   * Prepares the process for traffic: runs the SIMD kernels until they are compiled, makes some
   * thousand decisions about nobody, and replaces the idle sessions by new ones. Blocks for about a
   * second in a fresh process, half a minute at most; meanwhile and without it, other threads'
   * decisions are computed in plain Java, with the same bits. Sessions in the host's hands are no
   * longer current.
   */
  public void warmUp() {
    KernelsProvider.warmUp();
    EngineState now = state.get();
    DecisionSession session = new DecisionSession(this, now).rehearsing();
    for (int i = 0; i < WARM_UP_DECISIONS; i++) {
      session.reset();
      session.offer("1", WARM_UP_PRICE_MINOR, 0);
      session.decide(i);
    }
    state.compareAndSet(now, now.with(now.model, now.policy));
  }

  /** Builds a {@link DecisionEngine}. Confined to one thread. */
  public static final class Builder {
    private final ResponseModel model;
    private final DiscountLadder ladder;
    private final List<Guardrail> guardrails = new ArrayList<>();
    private @Nullable DiscountPolicy policy;
    private Valuation valuation = Valuation.expectedProfit();
    private KillSwitch killSwitch = new KillSwitch();
    private @Nullable DecisionRecorder recorder;
    private @Nullable ResponseModel impersonal;
    private long seed;
    private int poolSize = 2 * Runtime.getRuntime().availableProcessors();

    private Builder(ResponseModel model, DiscountLadder ladder) {
      this.model = model;
      this.ladder = ladder;
    }

    /** States the policy. */
    public Builder policy(DiscountPolicy newPolicy) {
      this.policy = newPolicy;
      return this;
    }

    /** States what levels are worth, the expected profit if not said. */
    public Builder valuation(Valuation newValuation) {
      this.valuation = newValuation;
      return this;
    }

    /**
     * Adds a guardrail; they are asked in the order given.
     *
     * @throws IllegalStateException if there are 127 already
     */
    public Builder guardrail(Guardrail guardrail) {
      if (guardrails.size() == DecisionTerms.MAX_GUARDRAILS) {
        throw new IllegalStateException(
            "guardrails must number at most " + DecisionTerms.MAX_GUARDRAILS + ", got one more");
      }
      guardrails.add(guardrail);
      return this;
    }

    /**
     * States the model that answers requests which opt out of prices by personal data.
     *
     * @param model a model that reads no field tagged personal or protected
     */
    public Builder withoutPersonalData(ResponseModel model) {
      this.impersonal = model;
      return this;
    }

    /** States what stops discounts, such as a switch that several engines share. */
    public Builder killSwitch(KillSwitch newKillSwitch) {
      this.killSwitch = newKillSwitch;
      return this;
    }

    /**
     * States what takes every decision before it is handed out, such as a {@code
     * dev.discount.policy.log.DecisionLog}; nothing if not said.
     */
    public Builder log(DecisionRecorder newRecorder) {
      this.recorder = newRecorder;
      return this;
    }

    /** States the seed of the draws, 0 if not said. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /**
     * States the number of idle sessions to keep, twice the number of processors if not said.
     *
     * @param sessions the number, at least 1
     */
    public Builder poolSize(int sessions) {
      if (sessions < 1) {
        throw new IllegalArgumentException("sessions must be >= 1, got " + sessions);
      }
      this.poolSize = sessions;
      return this;
    }

    /**
     * Returns the engine.
     *
     * @throws IllegalStateException if no policy was stated
     * @throws IllegalArgumentException if the model cannot score the ladder, the valuation needs
     *     what the model does not have, the policy or a guardrail names a level that the ladder
     *     does not have, or two guardrails {@linkplain Guardrail#reserves reserve}
     */
    public DecisionEngine build() {
      DiscountPolicy stated = policy;
      if (stated == null) {
        throw new IllegalStateException("policy must be stated, got none");
      }
      EngineState.checkModel(model, ladder);
      stated.checkLadder(ladder);
      ValuedLevels.check(valuation, model, ladder);
      EngineState.checkGuardrails(guardrails, ladder, model.schema());
      ResponseModel other = impersonal;
      if (other != null) {
        EngineState.checkModel(other, ladder);
        ValuedLevels.check(valuation, other, ladder);
        EngineState.checkImpersonal(other, stated, valuation);
        EngineState.checkGuardrails(guardrails, ladder, other.schema());
      }
      EngineState.Settings settings =
          new EngineState.Settings(
              valuation, killSwitch, recorder, seed, poolSize, impersonal, null);
      return new DecisionEngine(
          new EngineState(model, ladder, stated, List.copyOf(guardrails), settings));
    }
  }
}
