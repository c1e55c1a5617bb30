package dev.discount.bench;

import org.jspecify.annotations.Nullable;

/**
 * A rival timed exactly as ours is: its work is handed to the contender that times ours. What is
 * opened when it prepares is closed with it.
 */
final class RivalContender implements Contender {

  /** Loads a rival, asserts its outputs and returns what is to be timed. */
  interface Opening {
    /**
     * Opens the rival.
     *
     * @throws Exception if it cannot be loaded here, or gives other outputs than ours
     */
    Opened open() throws Exception;
  }

  /**
   * A rival that is ready.
   *
   * @param timed times its work
   * @param resources what is to be closed, in this order
   */
  record Opened(Contender timed, AutoCloseable... resources) {}

  private final Figure figure;
  private final String party;
  private final String note;
  private final Opening opening;
  private @Nullable Opened opened;

  RivalContender(Figure figure, String party, String note, Opening opening) {
    this.figure = figure;
    this.party = party;
    this.note = note;
    this.opening = opening;
  }

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
  public void prepare() throws Exception {
    Opened ready = opening.open();
    opened = ready;
    ready.timed.prepare();
  }

  @Override
  public Sample measure() throws Exception {
    if (opened == null) {
      throw new IllegalStateException("prepare must come before measure");
    }
    return opened.timed.measure();
  }

  @Override
  public void close() {
    if (opened == null) {
      return;
    }
    opened.timed.close();
    for (AutoCloseable resource : opened.resources) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("the rival must close", e);
      }
    }
    opened = null;
  }
}
