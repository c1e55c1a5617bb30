package dev.discount.bench;

import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.nn.ResponseNet;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.rule.FlatLevel;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ten thousand swaps of model and policy while two threads decide, one through the engine and one
 * through sessions that it renews. The value is the number of decisions that failed or were not
 * wholly of one pair, plus the old models that could not be collected.
 */
final class HotSwap implements Contender {

  private static final int SWAPS = 10_000;
  private static final int COLLECTIONS = 20;
  private static final Offer OFFER = new Offer(Workloads.itemName(7), 10_000, 6_000);
  private static final long CUSTOMER = 3;

  private final Workloads workloads;
  private final List<Pair> pairs = new ArrayList<>();

  HotSwap(Workloads workloads) {
    this.workloads = workloads;
  }

  /**
   * A model that goes with a level.
   *
   * @param network the model
   * @param level the level of its policy
   * @param curve the probabilities of its decision
   */
  private record Pair(ResponseNet network, int level, double[] curve) {

    /** Returns a model object of its own, which shares the weights. */
    ResponseModel fresh() {
      return network.withFoldingLimit(0);
    }

    boolean decided(int chosen, String version, double[] probabilities) {
      return chosen == level
          && version.equals(network.version())
          && Arrays.equals(probabilities, curve);
    }
  }

  @Override
  public Figure figure() {
    return Figures.SWAP;
  }

  @Override
  public void prepare() {
    ResponseNet one = workloads.model(Workloads.Shape.SHOP);
    ResponseNet other = Workloads.sibling();
    pairs.add(pair(one, 2));
    pairs.add(pair(other, 5));
    if (Arrays.equals(pairs.get(0).curve(), pairs.get(1).curve())) {
      throw new IllegalStateException("the models must differ to show a mixed decision");
    }
  }

  private static Pair pair(ResponseNet network, int level) {
    DecisionEngine engine =
        DecisionEngine.builder(network, Workloads.LADDER).policy(new FlatLevel(level)).build();
    return new Pair(network, level, curve(engine.decide(request(0))));
  }

  private static DecisionRequest request(long id) {
    return DecisionRequest.builder(id).customer(CUSTOMER).offer(OFFER).build();
  }

  private static double[] curve(Decision decision) {
    double[] curve = new double[Workloads.LADDER.size()];
    for (int level = 0; level < curve.length; level++) {
      curve[level] = decision.purchaseProbability(level);
    }
    return curve;
  }

  @Override
  public Sample measure() throws Exception {
    DecisionEngine engine =
        DecisionEngine.builder(pairs.get(0).fresh(), Workloads.LADDER)
            .policy(new FlatLevel(pairs.get(0).level()))
            .build();
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong decisions = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<WeakReference<ResponseModel>> old = new ArrayList<>();
    long wrong;
    try {
      Future<Long> byEngine = threads.submit(() -> byEngine(engine, done, decisions));
      Future<Long> bySession = threads.submit(() -> bySession(engine, done, decisions));
      for (int swap = 1; swap <= SWAPS; swap++) {
        old.add(new WeakReference<>(engine.model()));
        Pair next = pairs.get(swap % 2);
        engine.swap(next.fresh(), new FlatLevel(next.level()));
      }
      done.set(true);
      wrong = byEngine.get() + bySession.get();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    if (decisions.get() < SWAPS) {
      throw new IllegalStateException("load must be at least a decision a swap");
    }
    return Sample.of(wrong + uncollected(old));
  }

  private long byEngine(DecisionEngine engine, AtomicBoolean done, AtomicLong decisions) {
    long wrong = 0;
    long id = 0;
    while (!done.get()) {
      try {
        Decision decision = engine.decide(request(id++));
        wrong += whole(decision.levelIndex(), decision.modelVersion(), curve(decision)) ? 0 : 1;
      } catch (RuntimeException e) {
        wrong++;
      }
    }
    decisions.addAndGet(id);
    return wrong;
  }

  private long bySession(DecisionEngine engine, AtomicBoolean done, AtomicLong decisions) {
    long wrong = 0;
    long id = 0;
    double[] curve = new double[Workloads.LADDER.size()];
    DecisionSession session = engine.newSession();
    while (!done.get()) {
      try {
        if (!session.isCurrent()) {
          session = engine.newSession();
        }
        session.customer(CUSTOMER);
        session.offer(OFFER);
        int chosen = session.decide(id++);
        for (int level = 0; level < curve.length; level++) {
          curve[level] = session.purchaseProbability(level);
        }
        wrong += whole(chosen, session.modelVersion(), curve) ? 0 : 1;
      } catch (RuntimeException e) {
        wrong++;
      }
    }
    decisions.addAndGet(id);
    return wrong;
  }

  private boolean whole(int chosen, String version, double[] curve) {
    for (Pair pair : pairs) {
      if (pair.decided(chosen, version, curve)) {
        return true;
      }
    }
    return false;
  }

  private static long uncollected(List<WeakReference<ResponseModel>> old)
      throws InterruptedException {
    long left = old.size();
    for (int i = 0; i < COLLECTIONS && left > 0; i++) {
      System.gc();
      Thread.sleep(10);
      left = old.stream().filter(model -> model.get() != null).count();
    }
    return left;
  }
}
