package dev.discount.bench;

/** Measurements of made-up samples. */
final class Measured {

  /** A machine of 100 GFLOP/s. */
  static final MachineLimits MACHINE = new MachineLimits(60, 100, 10, 50, 20e6);

  private Measured() {}

  static Measurement of(Figure figure, String party, double... values) {
    return of(figure, party, "", values);
  }

  static Measurement of(Figure figure, String party, String note, double... values) {
    Measurement measurement = empty(figure, party, note);
    for (double value : values) {
      measurement.add(Sample.of(value), MACHINE, 0.04);
    }
    return measurement;
  }

  static Measurement of(Figure figure, Sample sample) {
    Measurement measurement = empty(figure, Contender.OURS, "");
    measurement.add(sample, MACHINE, Double.NaN);
    return measurement;
  }

  private static Measurement empty(Figure figure, String party, String note) {
    return new Measurement(
        new Contender() {
          @Override
          public Figure figure() {
            return figure;
          }

          @Override
          public String party() {
            return party;
          }

          @Override
          public String note() {
            return note;
          }

          @Override
          public void prepare() {}

          @Override
          public Sample measure() {
            return Sample.of(0);
          }
        });
  }
}
