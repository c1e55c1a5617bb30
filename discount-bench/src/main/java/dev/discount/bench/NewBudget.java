package dev.discount.bench;

import dev.discount.bench.Figure.Limit;
import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;
import dev.discount.core.Offer;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.budget.BudgetSolver;
import dev.discount.policy.budget.DemandForecast;
import dev.discount.policy.budget.Pacer;
import dev.discount.policy.budget.PacerConfig;
import dev.discount.policy.budget.TrafficCurve;
import java.util.function.IntConsumer;

/**
 * A new budget, from the call that states it to the first decision that was made for it: the price
 * is solved for the rest of the period, the policy swapped, and one request decided on NCF-64.
 */
final class NewBudget implements Contender {

  private static final int CALLS = 2_000;
  private static final int CUSTOMERS = 100_000;
  private static final long DAY = 86_400_000;
  private static final Figure LIVE =
      new Figure("budget.live", Unit.MICROS, 1, Limit.NONE, Must.of(1_000).p99(1_000));

  private final Workloads workloads;
  private IntConsumer call = i -> {};

  NewBudget(Workloads workloads) {
    this.workloads = workloads;
  }

  @Override
  public Figure figure() {
    return LIVE;
  }

  @Override
  public void prepare() {
    call = newBudgets();
    measure();
  }

  @Override
  public Sample measure() {
    return Stopwatch.latency(CALLS, call);
  }

  private IntConsumer newBudgets() {
    DemandForecast forecast =
        DemandForecast.of(new BudgetSolver(2).path(Budgets.population(CUSTOMERS)));
    long budgetMinor = Math.round(0.3 * forecast.curve().spend(0));
    Pacer pacer = Pacer.of(PacerConfig.of(budgetMinor, TrafficCurve.even(0, DAY), forecast));
    DecisionEngine engine =
        DecisionEngine.builder(workloads.model(Workloads.Shape.SHOP), Workloads.LADDER)
            .policy(pacer.policy())
            .guardrail(pacer.meter())
            .build();
    engine.warmUp();
    DecisionRequest request =
        DecisionRequest.builder(1)
            .customer(7)
            .offer(new Offer(Workloads.itemName(7), 10_000, 6_000))
            .build();
    return i -> {
      pacer.budget((i & 1) == 0 ? budgetMinor : 2 * budgetMinor);
      engine.swap(pacer.update(DAY / 4, 0, 0));
      engine.decide(request);
    };
  }
}
