package shop.quickstart;

import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a log says about chosen rows: the level that was offered, the price and the cost, and what
 * came of it. Rows that lack a level or an outcome are left out. Immutable.
 */
final class LoggedOffers {

  private final Schema schema;
  private final int[] rows;
  private final int[] levels;
  private final double[] outcomes;

  private LoggedOffers(Schema schema, int[] rows, int[] levels, double[] outcomes) {
    this.schema = schema;
    this.rows = rows;
    this.levels = levels;
    this.outcomes = outcomes;
  }

  /**
   * Reads the rows of a selection that can be judged.
   *
   * @param log the log
   * @param selection the rows, by index
   */
  static LoggedOffers of(Rows log, int[] selection) {
    Schema schema = log.schema();
    int[] rows =
        Arrays.stream(selection)
            .filter(row -> schema.level(log, row) >= 0 && !Double.isNaN(schema.outcome(log, row)))
            .toArray();
    int[] levels = new int[rows.length];
    double[] outcomes = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      levels[i] = schema.level(log, rows[i]);
      outcomes[i] = schema.outcome(log, rows[i]);
    }
    return new LoggedOffers(schema, rows, levels, outcomes);
  }

  /** Returns those of these rows that were offered a supported level. */
  LoggedOffers atLevels(Support support) {
    int[] places = IntStream.range(0, size()).filter(i -> support.has(levels[i])).toArray();
    return new LoggedOffers(
        schema,
        Arrays.stream(places).map(i -> rows[i]).toArray(),
        Arrays.stream(places).map(i -> levels[i]).toArray(),
        Arrays.stream(places).mapToDouble(i -> outcomes[i]).toArray());
  }

  /** Returns the log's schema. */
  Schema schema() {
    return schema;
  }

  /** Returns the number of rows. */
  int size() {
    return rows.length;
  }

  /** Returns the rows' indexes in the log. */
  int[] rows() {
    return rows.clone();
  }

  /** Returns the offered levels. */
  int[] levels() {
    return levels.clone();
  }

  /** Returns the offered level of a row, by place. */
  int level(int place) {
    return levels[place];
  }

  /** Returns 1 if the row's customer bought and 0 if not, by place. */
  double outcome(int place) {
    return outcomes[place];
  }

  /** Returns how many rows were offered each level. */
  int[] countsByLevel() {
    int[] counts = new int[schema.ladder().size()];
    for (int level : levels) {
      counts[level]++;
    }
    return counts;
  }

  /** Returns the share of rows that bought. */
  double meanOutcome() {
    return Arrays.stream(outcomes).average().orElse(Double.NaN);
  }
}
