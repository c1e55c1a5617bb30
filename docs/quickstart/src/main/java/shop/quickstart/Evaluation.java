package shop.quickstart;

import dev.discount.core.metric.AreaUnderRoc;
import dev.discount.core.metric.ExpectedCalibrationError;
import dev.discount.core.metric.LogLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import shop.quickstart.report.RunReport.Bin;
import shop.quickstart.report.RunReport.Quality;
import shop.quickstart.report.RunReport.Reliability;
import shop.quickstart.report.RunReport.Segment;

/**
 * How a model's predictions compare with what the test rows show. Immutable.
 *
 * @param offers what the test rows show
 * @param predictions the predictions for the same rows
 */
record Evaluation(LoggedOffers offers, Predictions predictions) {

  private static final int BINS = 15;
  private static final int SEGMENTS = 4;
  private static final String[] SEGMENT_NAMES = {
    "weakest predicted response", "weaker response", "stronger response", "strongest response"
  };

  /**
   * Returns how well the predictions hold.
   *
   * @param baseRate the share of training rows that bought
   */
  Quality quality(double baseRate) {
    float[] probabilities = new float[offers.size()];
    float[] outcomes = new float[offers.size()];
    int[] levels = new int[offers.size()];
    for (int place = 0; place < outcomes.length; place++) {
      levels[place] = offers.level(place);
      probabilities[place] = (float) predictions.at(place, levels[place]);
      outcomes[place] = (float) offers.outcome(place);
    }
    float[] base = new float[outcomes.length];
    Arrays.fill(base, (float) baseRate);
    double bought = offers.meanOutcome();
    return new Quality(
        LogLoss.of(probabilities, outcomes),
        bought > 0 && bought < 1 ? AreaUnderRoc.of(probabilities, outcomes) : Double.NaN,
        ExpectedCalibrationError.of(probabilities, outcomes, levels),
        LogLoss.of(base, outcomes));
  }

  /** Returns predicted against observed by level, every level of the ladder in order. */
  List<Reliability> reliability() {
    List<Reliability> levels = new ArrayList<>();
    boolean plain = offers.schema().ladder().size() == 1;
    for (int level = 0; level < offers.schema().ladder().size(); level++) {
      int wanted = level;
      Integer[] places =
          IntStream.range(0, offers.size())
              .filter(place -> offers.level(place) == wanted)
              .boxed()
              .toArray(Integer[]::new);
      Arrays.sort(places, Comparator.comparingDouble(place -> predictions.at(place, wanted)));
      String label = plain ? "all test rows" : LevelLabels.of(offers.schema(), level);
      levels.add(new Reliability(label, places.length, bins(places, level)));
    }
    return levels;
  }

  private List<Bin> bins(Integer[] places, int level) {
    int count = Math.min(BINS, places.length);
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      int from = (int) ((long) places.length * b / count);
      int to = (int) ((long) places.length * (b + 1) / count);
      double predicted = 0;
      double observed = 0;
      for (int i = from; i < to; i++) {
        predicted += predictions.at(places[i], level);
        observed += offers.outcome(places[i]);
      }
      bins.add(new Bin(to - from, predicted / (to - from), observed / (to - from)));
    }
    return bins;
  }

  /**
   * Returns the response of four groups of test rows of equal size, by how much the model says that
   * the deepest supported level adds to the probability at the shallowest.
   *
   * @param supported the levels with enough rows
   * @param truth the true purchases of the same rows, or null if nobody knows them
   */
  List<Segment> segments(Support supported, @Nullable Demand truth) {
    int low = supported.first();
    int high = supported.last();
    Integer[] places = IntStream.range(0, offers.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(
        places,
        Comparator.comparingDouble(
            place -> predictions.at(place, high) - predictions.at(place, low)));
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < SEGMENTS; s++) {
      int from = places.length * s / SEGMENTS;
      int to = places.length * (s + 1) / SEGMENTS;
      segments.add(segment(SEGMENT_NAMES[s], Arrays.copyOfRange(places, from, to), truth));
    }
    return segments;
  }

  private Segment segment(String name, Integer[] places, @Nullable Demand truth) {
    List<Double> predicted = new ArrayList<>();
    List<Double> observed = new ArrayList<>();
    List<Double> real = new ArrayList<>();
    for (int level = 0; level < offers.schema().ladder().size(); level++) {
      int wanted = level;
      predicted.add(mean(places, place -> true, place -> predictions.at(place, wanted)));
      observed.add(mean(places, place -> offers.level(place) == wanted, offers::outcome));
      real.add(
          truth == null
              ? Double.NaN
              : mean(places, place -> true, place -> truth.purchases(place, wanted, 1)));
    }
    return new Segment(name, places.length, predicted, observed, real);
  }

  private static double mean(
      Integer[] places, Predicate<Integer> which, ToDoubleFunction<Integer> value) {
    return Arrays.stream(places).filter(which).mapToDouble(value).average().orElse(Double.NaN);
  }
}
