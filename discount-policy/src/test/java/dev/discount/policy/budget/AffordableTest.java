package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Opening;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AffordableTest {

  private static final long NOW = 1_000;
  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1_000, 2_000, 5_000);
  private static final Schema SCHEMA =
      Schema.builder().field(Field.of("weekend", Field.Kind.FLAG)).build();

  private static BudgetLedger ledger(long totalMinor) {
    return BudgetLedger.builder()
        .hold(Duration.ofMillis(100))
        .budget("total", Journals.euro(totalMinor))
        .budget("spring", Journals.euro(2_500))
        .build();
  }

  private static DecisionEngine engine(int level, Guardrail... guardrails) {
    DecisionEngine.Builder builder =
        DecisionEngine.builder(StubModel.of(SCHEMA, 0.1, 0.2, 0.3, 0.4), LADDER)
            .policy(new FlatLevel(level));
    for (Guardrail guardrail : guardrails) {
      builder.guardrail(guardrail);
    }
    return builder.build();
  }

  private static DecisionRequest.Builder request(long id) {
    return DecisionRequest.builder(id).offer(new Offer("lamp", 10_000, 1_000)).timeMillis(NOW);
  }

  @Test
  void build_twoThatReserve_isRefusedNamingBoth() {
    BudgetLedger ledger = ledger(8_000);
    Affordable total = Affordable.of(ledger.account("total"));
    Affordable spring = Affordable.of(ledger.account("spring"));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> engine(1, total, spring));
    assertEquals(
        "guardrails must hold one that reserves, because a decision carries one handle"
            + " (several budgets go into one account), got Affordable[budgets=[total],"
            + " campaigns={}, levelCostsMinor=[]] and Affordable[budgets=[spring], campaigns={},"
            + " levelCostsMinor=[]]",
        thrown.getMessage());
  }

  @Test
  void decide_budgetRunsOut_levelsCloseFromTheDearestAndMoneyIsReserved() {
    BudgetLedger ledger = ledger(8_000);
    DecisionEngine engine = engine(3, Affordable.of(ledger.account("total")));
    Decision half = engine.decide(request(1).build());
    assertEquals(3, half.levelIndex());
    assertTrue(half.reservation() > 0);
    assertEquals(3_000, ledger.balance("total").freeMinor());
    Decision fifth = engine.decide(request(2).build());
    assertEquals(2, fifth.levelIndex());
    assertEquals("affordable", fifth.closedBy(3));
    assertEquals(new Opening(Opening.Quantity.BUDGET_AT_LEAST, 5_000, 3_000), fifth.opening(3));
    assertEquals(1, engine.decide(request(3).build()).levelIndex());
    Decision none = engine.decide(request(4).build());
    assertEquals(0, none.levelIndex());
    assertEquals(0, none.reservation());
    assertEquals(0, ledger.balance("total").freeMinor());
    assertEquals(Settlement.DONE, ledger.release(half.reservation()));
    assertEquals(Settlement.DONE, ledger.commit(fifth.reservation(), 2_000));
    assertEquals(3, engine.decide(request(5).build()).levelIndex());
    assertEquals(2, ledger.expire(NOW + 100));
    assertEquals(6_000, ledger.balance("total").freeMinor());
  }

  @Test
  void decide_inASession_carriesTheHandleAndAllocatesAsBefore() {
    BudgetLedger ledger = ledger(1_000_000);
    DecisionSession session = engine(1, Affordable.of(ledger.account("total"))).newSession();
    session.offer("lamp", 10_000, 1_000);
    session.timeMillis(NOW);
    session.decide(1);
    long first = session.reservation();
    session.decide(2);
    assertNotEquals(first, session.reservation());
    assertEquals(Settlement.DONE, ledger.commit(first, 1_000));
    assertEquals(Settlement.DONE, ledger.commit(session.reservation(), 999));
    assertEquals(1_999, ledger.balance("total").spentMinor());
  }

  @Test
  void decide_ofACampaign_takesFromItsAccount() {
    BudgetLedger ledger = ledger(100_000);
    Affordable affordable =
        Affordable.of(ledger.account("total"))
            .withCampaigns(Map.of("spring", ledger.account("total", "spring")));
    DecisionEngine engine = engine(2, affordable);
    assertEquals(2, engine.decide(request(1).campaign("spring").build()).levelIndex());
    assertEquals(0, engine.decide(request(2).campaign("spring").build()).levelIndex());
    assertEquals(2, engine.decide(request(3).build()).levelIndex());
    assertEquals(500, ledger.balance("spring").freeMinor());
    assertEquals(96_000, ledger.balance("total").freeMinor());
  }

  @Test
  void decide_withoutATime_getsLevelZeroAndSaysWhy() {
    BudgetLedger ledger = ledger(100_000);
    DecisionEngine engine = engine(2, Affordable.of(ledger.account("total")));
    Decision decision =
        engine.decide(DecisionRequest.builder(1).offer(new Offer("lamp", 10_000, 1_000)).build());
    assertEquals(0, decision.levelIndex());
    assertEquals(Opening.BY_STATED_FIELD, decision.opening(1));
  }

  @Test
  void decide_levelsWithCostsOfTheirOwn_countThem() {
    BudgetLedger ledger = ledger(1_500);
    DecisionEngine engine =
        engine(1, Affordable.of(ledger.account("total")).withLevelCosts(0, 501));
    assertEquals(0, engine.decide(request(1).build()).levelIndex());
    ledger.changeBudget("total", Journals.euro(1_501));
    assertEquals(1, engine.decide(request(1).build()).levelIndex());
    assertEquals(0, ledger.balance("total").freeMinor());
  }

  @Test
  void decide_laterGuardrailRefuses_moneyIsFreeAgain() {
    BudgetLedger ledger = ledger(100_000);
    AtomicInteger asked = new AtomicInteger();
    Guardrail fickle =
        new Guardrail() {
          @Override
          public long closedLevels(DecisionContext context) {
            return 0;
          }

          @Override
          public String code() {
            return "fickle";
          }

          @Override
          public String reason() {
            return "It refuses now and then.";
          }

          @Override
          public boolean commit(DecisionContext context, int level) {
            return level == 0 || asked.incrementAndGet() % 3 == 0;
          }
        };
    DecisionEngine engine = engine(2, Affordable.of(ledger.account("total")), fickle);
    Decision decision = engine.decide(request(1).build());
    assertEquals(2, decision.levelIndex());
    assertEquals(3, asked.get());
    assertEquals(2_000, ledger.balance("total").reservedMinor());
    assertEquals(Settlement.DONE, ledger.release(decision.reservation()));
  }

  @Test
  void decide_byManyThreads_budgetIsSpentToTheLastDiscountAndNotOver() throws Exception {
    BudgetLedger ledger = ledger(777 * 1_000 + 999);
    DecisionEngine engine = engine(1, Affordable.of(ledger.account("total")));
    AtomicInteger given = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      long from = t * 1_000L;
      threads.add(
          new Thread(
              () -> {
                for (long id = from; id < from + 500; id++) {
                  Decision decision = engine.decide(request(id).build());
                  if (decision.levelIndex() == 1) {
                    ledger.commit(decision.reservation(), 1_000);
                    given.incrementAndGet();
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(777, given.get());
    assertEquals(777_000, ledger.balance("total").spentMinor());
    assertEquals(999, ledger.balance("total").freeMinor());
  }

  @Test
  void with_badArguments_areNamed() {
    BudgetLedger ledger = ledger(1_000);
    Affordable affordable = Affordable.of(ledger.account("total"));
    assertThrows(IllegalArgumentException.class, () -> affordable.withLevelCosts(1));
    assertThrows(IllegalArgumentException.class, () -> affordable.withLevelCosts(0, -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> affordable.withCampaigns(Map.of("x", ledger(5).account("total"))));
  }
}
