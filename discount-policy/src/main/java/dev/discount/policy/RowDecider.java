package dev.discount.policy;

import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Scores rows and chooses a level for each with what is in force: what both doors of an engine
 * share. Confined to one thread; allocates nothing while batches do not grow.
 */
final class RowDecider {

  private final EngineState state;
  private final ResponseScorer scorer;
  private final Rows rows;
  private final DecisionContext context;
  private final ChoiceRule choice;
  private final DecisionTrace trace;
  private final DecisionRecorder.@Nullable Appender appender;
  private final int levels;
  private float[] curves;
  private int levelIndex;

  RowDecider(EngineState state) {
    this.state = state;
    this.scorer = state.model.newScorer(state.ladder);
    this.rows = new Rows(state.model.schema(), 1);
    this.context = new DecisionContext(state.ladder, rows);
    this.choice = state.newChoice();
    this.trace = new DecisionTrace(context, choice);
    this.appender =
        state.recorder == null ? null : state.recorder.newAppender(DecisionSetup.of(state));
    this.levels = state.ladder.size();
    this.curves = new float[levels];
  }

  EngineState state() {
    return state;
  }

  /** Returns the rows to score, to be cleared and filled by the caller. */
  Rows rows() {
    return rows;
  }

  /** Returns what is known of the last choice, and takes the offer of the next. */
  DecisionContext context() {
    return context;
  }

  /** Returns who made the last choice. */
  ChoiceRule choice() {
    return choice;
  }

  /** Returns the level that was chosen last. */
  int levelIndex() {
    return levelIndex;
  }

  /** Scores all rows. */
  void score() {
    if (curves.length < rows.size() * levels) {
      curves = new float[rows.size() * levels];
    }
    scorer.scoreInto(rows, curves);
    choice.prepare(rows);
  }

  /**
   * Chooses a level for a scored row whose offer and id the context has, commits it and hands it to
   * the log.
   *
   * @param row the row's index
   * @param allowed the levels that the request allows
   * @param place the decision's place in its batch, part of the draw
   */
  void choose(int row, long allowed, int place) {
    curve(row);
    levelIndex = choice.choose(context, allowed | 1, state.seed, place);
    if (appender != null) {
      append(appender, allowed | 1, place);
    }
  }

  /** Chooses as {@link #choose} does, but takes nothing from guardrails and logs nothing. */
  void rehearse(int row, long allowed, int place) {
    curve(row);
    levelIndex = choice.rehearse(context, allowed | 1, state.seed, place);
  }

  private void curve(int row) {
    context.at(rows, row);
    for (int level = 0; level < levels; level++) {
      float p = curves[row * levels + level];
      if (!(p >= 0 && p <= 1)) {
        throw EngineState.notAProbability(state.model, p, level);
      }
      context.purchaseProbability(level, p);
    }
  }

  private void append(DecisionRecorder.Appender log, long allowed, int place) {
    trace.chosen(allowed, place, levelIndex);
    boolean taken = false;
    try {
      log.append(trace);
      taken = true;
    } finally {
      if (!taken) {
        choice.giveBack(context, levelIndex);
      }
    }
  }

  /** Returns the kinds of fields that could have moved the last choice, one bit each. */
  int tags() {
    return state.tags.tags(rows, context.row());
  }
}
