package dev.discount.core.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How numbers and flags become columns of a network's input. Immutable and thread-safe; encoding
 * allocates nothing.
 *
 * <p>A number is transformed, has the mean taken off, and is divided by the standard deviation; a
 * flag only has its mean taken off, so that a rare one does not count for thirty. What is missing
 * becomes 0, the mean. A field that had missing cells while fitting gets a second column: 1 where
 * the cell is missing, else 0.
 */
final class NumberScaling {

  /**
   * The largest value an encoded number takes: far beyond any that says something, and small enough
   * that no network overflows.
   */
  static final double LIMIT = 1000;

  private final boolean[] log;
  private final double[] means;
  private final double[] scales;
  private final boolean[] indicators;
  private final int[] columns;
  private final int width;

  /**
   * Makes a scaling; the arrays, one element for each field, are not copied.
   *
   * @param log whether {@code sign(x) * log(1 + |x|)} is taken first
   * @param means what is taken off, finite
   * @param scales what the rest is divided by, finite and above 0
   * @param indicators whether there is a column for missing cells
   */
  NumberScaling(boolean[] log, double[] means, double[] scales, boolean[] indicators) {
    this.log = log;
    this.means = means;
    this.scales = scales;
    this.indicators = indicators;
    this.columns = new int[means.length];
    int column = 0;
    for (int f = 0; f < columns.length; f++) {
      columns[f] = column;
      column += indicators[f] ? 2 : 1;
    }
    this.width = column;
  }

  int width() {
    return width;
  }

  double[] means() {
    return means;
  }

  double[] scales() {
    return scales;
  }

  boolean[] indicators() {
    return indicators;
  }

  /**
   * Encodes one field of a block of rows.
   *
   * @param f the field's place among the numeric ones
   * @param cells the field's cells, NaN where missing
   * @param selection the rows to encode, or null for {@code from}, {@code from + 1}, …
   * @param from the first row, or the first element of {@code selection}
   * @param out receives {@code out.size()} rows
   */
  void encodeInto(int f, double[] cells, int @Nullable [] selection, int from, EncodedRows out) {
    float[] block = out.numbers();
    double mean = means[f];
    double scale = scales[f];
    int at = columns[f];
    int missing = 0;
    int nonFinite = 0;
    int clipped = 0;
    for (int i = 0; i < out.size(); i++, at += width) {
      double cell = cells[selection == null ? from + i : selection[from + i]];
      float value = 0;
      float indicator = 0;
      if (!Double.isFinite(cell)) {
        missing += Double.isNaN(cell) ? 1 : 0;
        nonFinite += Double.isNaN(cell) ? 0 : 1;
        indicator = 1;
      } else {
        double scaled = ((log[f] ? signedLog(cell) : cell) - mean) / scale;
        if (!(Math.abs(scaled) <= LIMIT)) {
          clipped++;
          scaled = scaled < 0 ? -LIMIT : LIMIT;
        }
        value = (float) scaled;
      }
      block[at] = value;
      if (indicators[f]) {
        block[at + 1] = indicator;
      }
    }
    out.countNumbers(missing, nonFinite, clipped);
  }

  static double signedLog(double x) {
    return x < 0 ? -StrictMath.log1p(-x) : StrictMath.log1p(x);
  }

  /** Takes the mean and the spread of each field. Confined to one thread. */
  static final class Fitter {

    /*
     * Welford's update [1], in the order of the rows: one pass, no cancellation, and the same bits
     * for the same rows. The spread is that of the population (divided by n).
     *
     * [1] B. P. Welford, Technometrics 4 (1962), pp. 419-420
     */
    private final Schema schema;
    private final int[] slots;
    private final boolean[] log;
    private final long[] counts;
    private final double[] means;
    private final double[] squares;
    private final boolean[] missing;

    Fitter(Schema schema, int[] slots) {
      this.schema = schema;
      this.slots = slots;
      this.log = logs(schema, slots);
      this.counts = new long[slots.length];
      this.means = new double[slots.length];
      this.squares = new double[slots.length];
      this.missing = new boolean[slots.length];
    }

    void add(Rows rows, int row) {
      for (int f = 0; f < slots.length; f++) {
        double cell = rows.numbersOf(slots[f])[row];
        if (!Double.isFinite(cell)) {
          missing[f] = true;
          continue;
        }
        double x = log[f] ? signedLog(cell) : cell;
        counts[f]++;
        double delta = x - means[f];
        means[f] += delta / counts[f];
        squares[f] += delta * (x - means[f]);
      }
    }

    NumberScaling fit() {
      double[] scales = new double[slots.length];
      Arrays.fill(scales, 1);
      for (int f = 0; f < slots.length; f++) {
        Field field = schema.field(slots[f]);
        double spread = counts[f] == 0 ? 0 : Math.sqrt(squares[f] / counts[f]);
        if (!Double.isFinite(spread) || !Double.isFinite(means[f])) {
          throw new IllegalArgumentException(
              "field "
                  + field.name()
                  + " must have a finite mean and spread, got numbers too large");
        }
        if (spread > 0 && field.kind() == Field.Kind.NUMBER) {
          scales[f] = spread;
        }
      }
      return new NumberScaling(log, means.clone(), scales, missing.clone());
    }
  }

  /** Returns which fields are transformed. */
  static boolean[] logs(Schema schema, int[] slots) {
    boolean[] log = new boolean[slots.length];
    for (int f = 0; f < slots.length; f++) {
      log[f] = schema.field(slots[f]).transform() == Field.Transform.LOG;
    }
    return log;
  }
}
