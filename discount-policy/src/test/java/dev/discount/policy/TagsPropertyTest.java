package dev.discount.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Field.Tag;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.rule.HighestValue;
import dev.discount.policy.rule.ThresholdLadder;
import dev.discount.policy.value.ExpectedValue;
import dev.discount.policy.value.Objective;
import dev.discount.policy.value.Stated;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a decision says could have moved it, held against what moves it: 1e6 decisions. */
class TagsPropertyTest {

  private static final int DECISIONS = 1_000_000;
  private static final long SEED = 77;
  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1_000, 2_000, 3_000);
  private static final int FIELDS = 6;

  /** Two fields of each kind; all protected ones are stated to be for the model. */
  private static final Schema SCHEMA =
      Schema.builder()
          .field(field("p0", Tag.PERSONAL))
          .field(field("p1", Tag.PERSONAL))
          .field(field("q0", Tag.PROTECTED))
          .field(field("q1", Tag.PROTECTED))
          .field(field("c0", Tag.CONTEXTUAL))
          .field(field("c1", Tag.CONTEXTUAL))
          .build();

  private static Field field(String name, Tag tag) {
    return Field.of(name, Kind.NUMBER, Role.FEATURE).withTag(tag).withFeature(true);
  }

  /** A model of some of the fields; the deeper the level, the more each of them counts. */
  private record Mix(int read) implements ResponseModel {
    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public String version() {
      return "mix-" + read;
    }

    @Override
    public boolean reads(int slot) {
      return (read >>> slot & 1) != 0;
    }

    @Override
    public ResponseScorer newScorer(DiscountLadder ladder) {
      return new ResponseScorer() {
        @Override
        public DiscountLadder ladder() {
          return ladder;
        }

        @Override
        public void scoreInto(Rows rows, float[] out) {
          for (int row = 0; row < rows.size(); row++) {
            double pull = 0.1;
            for (int slot = 0; slot < FIELDS; slot++) {
              if (reads(slot) && !rows.isMissing(row, slot)) {
                pull += 0.15 * rows.doubleAt(row, slot);
              }
            }
            for (int level = 0; level < ladder.size(); level++) {
              out[row * ladder.size() + level] =
                  (float) Math.max(0, Math.min(1, 0.2 + pull * level));
            }
          }
        }
      };
    }
  }

  private static DecisionEngine engine(int configuration) {
    int read = CounterRandom.below(1 << FIELDS, SEED, 1, configuration);
    String asked = SCHEMA.field(CounterRandom.below(FIELDS, SEED, 2, configuration)).name();
    DiscountPolicy policy =
        switch (configuration % 4) {
          case 0 -> new ExpectedProfit();
          case 1 -> new FlatLevel(configuration % LADDER.size());
          case 2 -> ThresholdLadder.of(new double[] {0.2001}, new int[] {3, 1});
          default -> new HighestValue();
        };
    DecisionEngine.Builder builder =
        DecisionEngine.builder(new Mix(read), LADDER)
            .policy(policy)
            .valuation(
                ExpectedValue.builder(Objective.PROFIT)
                    .stock(Stated.field(asked, 0), 1, 1)
                    .build());
    if (configuration % 3 == 0) {
      builder.guardrail(MinimumMargin.ofAmountMinor(1_500));
    }
    return builder.build();
  }

  @Test
  void fieldsOfAKindThatIsNotNamed_neverMoveTheLevel_andThoseNamedDo() {
    int configurations = 200;
    int[] moved = new int[Tag.values().length];
    int[] unnamed = new int[Tag.values().length];
    int decisions = 0;
    List<DecisionSession> sessions = new ArrayList<>();
    for (int c = 0; c < configurations; c++) {
      DecisionSession session = engine(c).newSession();
      session.offer("lamp", 10_000, 6_000);
      sessions.add(session);
    }
    for (long request = 0; decisions < DECISIONS; request++) {
      DecisionSession session = sessions.get((int) (request % configurations));
      fill(session, request, 0, null);
      int level = session.decide(request);
      boolean[] named = named(session);
      decisions++;
      for (Tag tag : Tag.values()) {
        fill(session, request, 1, tag);
        boolean same = session.decide(request) == level;
        decisions++;
        if (!named[tag.ordinal()]) {
          assertTrue(same, () -> tag + " moved a decision that does not name it");
          unnamed[tag.ordinal()]++;
        } else if (!same) {
          moved[tag.ordinal()]++;
        }
      }
    }
    assertEquals(0, decisions % 4);
    for (Tag tag : Tag.values()) {
      assertTrue(moved[tag.ordinal()] > 1_000, tag + " moved " + moved[tag.ordinal()]);
      assertTrue(unnamed[tag.ordinal()] > 1_000, tag + " unnamed " + unnamed[tag.ordinal()]);
    }
  }

  private static boolean[] named(DecisionSession session) {
    boolean[] named = new boolean[Tag.values().length];
    for (Tag tag : Tag.values()) {
      named[tag.ordinal()] = session.couldHaveMoved(tag);
    }
    return named;
  }

  /** States a third of the fields not at all, and draws those of one kind again. */
  private static void fill(
      DecisionSession session, long request, int again, @Nullable Tag changed) {
    for (int slot = 0; slot < FIELDS; slot++) {
      long at = request * FIELDS + slot;
      if (CounterRandom.below(3, SEED, 3, at) == 0) {
        session.missing(slot);
      } else {
        int stream = SCHEMA.field(slot).tag() == changed ? 4 + again : 4;
        session.number(slot, 2 * CounterRandom.unit(SEED, stream, at) - 1);
      }
    }
  }
}
