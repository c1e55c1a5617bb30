package shop.quickstart;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;

/** The probability of a purchase at each level for chosen rows of a log. Immutable. */
final class Predictions {

  private static final int BATCH = 1024;

  private final int levels;
  private final float[] curves;

  private Predictions(int levels, float[] curves) {
    this.levels = levels;
    this.curves = curves;
  }

  /**
   * Scores rows in batches.
   *
   * @param model the model
   * @param ladder the levels
   * @param log the log
   * @param selection the rows to score, by index
   */
  static Predictions of(ResponseModel model, DiscountLadder ladder, Rows log, int[] selection) {
    ResponseScorer scorer = model.forBatches().newScorer(ladder);
    int levels = ladder.size();
    float[] curves = new float[Math.multiplyExact(selection.length, levels)];
    Rows batch = new Rows(log.schema(), Math.min(BATCH, Math.max(1, selection.length)));
    float[] scored = new float[BATCH * levels];
    for (int from = 0; from < selection.length; from += BATCH) {
      int count = Math.min(BATCH, selection.length - from);
      batch.clear();
      for (int i = 0; i < count; i++) {
        copy(log, selection[from + i], batch);
      }
      scorer.scoreInto(batch, scored);
      System.arraycopy(scored, 0, curves, from * levels, count * levels);
    }
    return new Predictions(levels, curves);
  }

  /** Adds a copy of one row. */
  static void copy(Rows log, int row, Rows out) {
    int added = out.add();
    for (int slot = 0; slot < log.schema().size(); slot++) {
      if (log.isMissing(row, slot)) {
        continue;
      }
      if (log.schema().field(slot).keyed()) {
        if (log.isText(row, slot)) {
          out.setText(added, slot, log.textAt(row, slot));
        } else {
          out.setLong(added, slot, log.longAt(row, slot));
        }
      } else {
        out.setDouble(added, slot, log.doubleAt(row, slot));
      }
    }
  }

  /** Returns the number of rows. */
  int size() {
    return curves.length / levels;
  }

  /** Returns the probability of one row, by place in the selection, at one level. */
  double at(int place, int level) {
    return curves[place * levels + level];
  }
}
