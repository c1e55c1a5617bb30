package dev.discount.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The samples of one contender over the rounds, each beside the machine's limits of its round. */
final class Measurement {

  private final Figure figure;
  private final String party;
  private final String note;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Double> limitRatios = new ArrayList<>();
  private final List<Double> stolen = new ArrayList<>();

  Measurement(Contender contender) {
    this.figure = contender.figure();
    this.party = contender.party();
    this.note = contender.note();
  }

  /**
   * Adds a round.
   *
   * @param sample what it gave
   * @param machine the machine's limits in it
   * @param stolenShare the share of the processors' time that was stolen meanwhile, or NaN
   */
  void add(Sample sample, MachineLimits machine, double stolenShare) {
    samples.add(sample);
    stolen.add(stolenShare);
    limitRatios.add(figure.unit().ratio(sample.value(), figure.limit().of(machine)));
  }

  Figure figure() {
    return figure;
  }

  String party() {
    return party;
  }

  String note() {
    return note;
  }

  double median() {
    return medianOf(Sample::value);
  }

  double min() {
    return samples.stream().mapToDouble(Sample::value).min().orElse(Double.NaN);
  }

  double max() {
    return samples.stream().mapToDouble(Sample::value).max().orElse(Double.NaN);
  }

  double p99() {
    return medianOf(Sample::p99);
  }

  double p999() {
    return medianOf(Sample::p999);
  }

  double bytes() {
    return medianOf(Sample::bytes);
  }

  /** Returns the median share of the machine's limit, NaN where there is none. */
  double limitRatio() {
    return Stopwatch.median(limitRatios.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Returns the median share of the processors' time that was stolen, NaN where none is counted.
   */
  double stolen() {
    return Stopwatch.median(stolen.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Returns the median over the rounds of how much better this one was than another. */
  double ratioTo(Measurement rival) {
    int rounds = Math.min(samples.size(), rival.samples.size());
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ratios[i] = figure.unit().ratio(samples.get(i).value(), rival.samples.get(i).value());
    }
    return Stopwatch.median(ratios);
  }

  private double medianOf(ToDoubleFunction<Sample> part) {
    return Stopwatch.median(samples.stream().mapToDouble(part).toArray());
  }
}
