package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.OFFER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static dev.discount.policy.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How a decision reads, closes by, takes and gives back what guardrails keep. */
class GuardrailStateTest {

  private static final StubModel MODEL = StubModel.of(SCHEMA, 0.1, 0.2, 0.3, 0.4);

  /** Closes what its number says, refuses as often as told, and writes down what it is asked. */
  private static final class Recorder implements Guardrail {
    private final String name;
    private final List<String> calls;
    private long kept;
    private int refusals;
    private int promised = -1;
    private RuntimeException commitThrows;
    private RuntimeException giveBackThrows;
    private long referenceMinor = -1;

    Recorder(String name, List<String> calls) {
      this.name = name;
      this.calls = calls;
    }

    @Override
    public long closedLevels(DecisionContext context) {
      calls.add(name + " close by " + context.state(0) + "," + context.state(1));
      return context.state(0);
    }

    @Override
    public String code() {
      return name;
    }

    @Override
    public String reason() {
      return name + " says so.";
    }

    @Override
    public Opening opening(DecisionContext context, int level) {
      return new Opening(Opening.Quantity.LIMIT_AT_LEAST, level, context.state(1));
    }

    @Override
    public long referencePriceMinor(DecisionContext context) {
      return referenceMinor;
    }

    @Override
    public int promisedLevel(DecisionContext context) {
      return promised;
    }

    @Override
    public int stateLongs() {
      return 2;
    }

    @Override
    public void readStateInto(DecisionContext context, long[] out, int from) {
      calls.add(name + " read");
      out[from] = kept;
      out[from + 1] = 70L + name.charAt(0) - 'a';
    }

    @Override
    public boolean commit(DecisionContext context, int level) {
      calls.add(name + " commit " + level + " on " + context.state(0));
      if (commitThrows != null) {
        throw commitThrows;
      }
      return refusals-- <= 0;
    }

    @Override
    public void giveBack(DecisionContext context, int level) {
      calls.add(name + " back " + level + " on " + context.state(0));
      if (giveBackThrows != null) {
        throw giveBackThrows;
      }
    }
  }

  private final List<String> calls = new ArrayList<>();
  private final Recorder a = new Recorder("a", calls);
  private final Recorder b = new Recorder("b", calls);
  private final Recorder c = new Recorder("c", calls);

  private DecisionEngine engine(DiscountPolicy policy) {
    return DecisionEngine.builder(MODEL, LADDER)
        .policy(policy)
        .guardrail(a)
        .guardrail(b)
        .guardrail(c)
        .build();
  }

  @Test
  void decide_readsAllThenClosesThenCommits_eachOnItsOwnNumbers() {
    b.kept = 0b1000;
    Decision decision = engine(new FlatLevel(3)).decide(request(1).build());
    assertEquals(2, decision.levelIndex());
    assertEquals(
        List.of(
            "a read",
            "b read",
            "c read",
            "a close by 0,70",
            "b close by 8,71",
            "c close by 0,72",
            "a commit 2 on 0",
            "b commit 2 on 8",
            "c commit 2 on 0"),
        calls);
    assertEquals("b", decision.closedBy(3));
    assertEquals(new Opening(Opening.Quantity.LIMIT_AT_LEAST, 3, 71), decision.opening(3));
    assertEquals(-68, new Opening(Opening.Quantity.LIMIT_AT_LEAST, 3, 71).missing());
    assertNull(decision.opening(2));
  }

  @Test
  void decide_refusal_givesBackInReverseAndChoosesAgain() {
    c.refusals = 1;
    engine(new FlatLevel(1)).decide(request(1).build());
    List<String> commits = calls.stream().filter(call -> !call.contains("close")).toList();
    assertEquals(
        List.of(
            "a read",
            "b read",
            "c read",
            "a commit 1 on 0",
            "b commit 1 on 0",
            "c commit 1 on 0",
            "b back 1 on 0",
            "a back 1 on 0",
            "a read",
            "b read",
            "c read",
            "a commit 1 on 0",
            "b commit 1 on 0",
            "c commit 1 on 0"),
        commits);
  }

  private List<String> gaveBack() {
    return calls.stream().filter(call -> call.contains("back")).toList();
  }

  @Test
  void decide_commitThrows_thoseBeforeGiveBackAndWhatTheyThrowIsAdded() {
    IllegalStateException thrown = new IllegalStateException("commit");
    IllegalStateException inBack = new IllegalStateException("back");
    c.commitThrows = thrown;
    b.giveBackThrows = inBack;
    DecisionEngine engine = engine(new FlatLevel(1));
    assertSame(
        thrown, assertThrows(IllegalStateException.class, () -> engine.decide(request(1).build())));
    assertEquals(List.of("b back 1 on 0", "a back 1 on 0"), gaveBack());
    assertArrayEquals(new Throwable[] {inBack}, thrown.getSuppressed());
  }

  @Test
  void decide_giveBackThrows_theOthersGiveBackAndItIsThrown() {
    IllegalStateException first = new IllegalStateException("b");
    c.refusals = 1;
    b.giveBackThrows = first;
    a.giveBackThrows = first;
    DecisionEngine engine = engine(new FlatLevel(1));
    assertSame(
        first, assertThrows(IllegalStateException.class, () -> engine.decide(request(1).build())));
    assertEquals(List.of("b back 1 on 0", "a back 1 on 0"), gaveBack());
    assertEquals(0, first.getSuppressed().length);
  }

  @Test
  void decide_refusal_drawsWithTheSameNumber() {
    DiscountPolicy random = new EpsilonGreedy(new FlatLevel(0), 1);
    for (int id = 0; id < 50; id++) {
      int once = engine(random).decide(request(id).build()).levelIndex();
      a.refusals = 3;
      assertEquals(once, engine(random).decide(request(id).build()).levelIndex());
    }
  }

  @Test
  void decide_endlessRefusals_leaveLevelZero() {
    b.refusals = Integer.MAX_VALUE;
    Decision decision = engine(new FlatLevel(3)).decide(request(1).allowedLevels(1, 3).build());
    assertEquals(0, decision.levelIndex());
    assertEquals(1, decision.propensity());
    assertEquals("contended", decision.closedBy(3));
    assertEquals("request", decision.closedBy(2));
    assertEquals(
        List.of("flat", "request", "contended"),
        decision.reasons().stream().map(Decision.Reason::code).toList());
    assertNull(decision.opening(3));
  }

  @Test
  void decide_promise_isKeptWhileItsLevelIsOpen() {
    a.promised = 3;
    b.promised = 1;
    DecisionEngine engine = engine(new FlatLevel(2));
    Decision kept = engine.decide(request(1).build());
    assertEquals(3, kept.levelIndex());
    assertEquals(1, kept.propensity());
    c.kept = 0b1000;
    assertEquals(1, engine.decide(request(1).build()).levelIndex());
    c.kept = 0b1010;
    assertEquals(2, engine.decide(request(1).build()).levelIndex());
  }

  @Test
  void decide_referencePrice_isTheFirstThatIsKnown() {
    DecisionEngine engine = engine(new FlatLevel(2));
    assertEquals(OptionalLong.empty(), engine.decide(request(1).build()).referencePriceMinor());
    b.referenceMinor = 0;
    c.referenceMinor = 5;
    Decision decision = engine.decide(request(1).build());
    assertEquals(OptionalLong.of(0), decision.referencePriceMinor());
    DecisionSession session = engine.newSession();
    session.offer(OFFER);
    session.decide(1);
    assertEquals(0, session.referencePriceMinor());
    assertNull(session.opening(1));
  }

  @Test
  void topItems_commitsOnlyWhatItReturns() {
    List<DecisionRequest> requests = List.of(request(1).build(), request(2).build());
    engine(new FlatLevel(1)).topItems(requests, 1);
    assertEquals(3, calls.stream().filter(call -> call.contains("commit")).count());
  }

  @Test
  void warmUp_commitsNothing() {
    engine(new FlatLevel(1)).warmUp();
    assertEquals(0, calls.stream().filter(call -> call.contains("commit")).count());
  }

  @Test
  void context_copiesWhatWasRead() {
    DecisionContext context =
        DecisionContext.of(LADDER, OFFER, 0, 0, 0, 0).withState(99, 4, 5).withOpenLevels(3);
    assertEquals(99, context.timeMillis());
    assertEquals(5, context.state(1));
    long[] out = new long[1 + context.stateLongs()];
    context.copyStateInto(out, 1);
    assertEquals(List.of(0L, 4L, 5L), java.util.Arrays.stream(out).boxed().toList());
  }
}
