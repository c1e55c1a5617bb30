package shop.quickstart;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a piece of work is: a bar that is drawn again and again on a terminal, a new line
 * every few seconds elsewhere. Confined to one thread.
 */
final class ProgressLine {

  private static final long BAR_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 3_000_000_000L;
  private static final int BAR_WIDTH = 30;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private long lastNanos;
  private int lastLength;

  /**
   * Starts the clock.
   *
   * @param out where to write
   * @param terminal whether to draw a bar
   * @param nanoClock the time in nanoseconds
   */
  ProgressLine(PrintStream out, boolean terminal, LongSupplier nanoClock) {
    this.out = out;
    this.terminal = terminal;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = startNanos;
  }

  /**
   * Shows the state of the work, unless that was done a moment ago.
   *
   * @param share the part that is done, in [0, 1]
   * @param text what to say beside it
   */
  void update(double share, String text) {
    long now = nanoClock.getAsLong();
    if (now - lastNanos < (terminal ? BAR_NANOS : LINE_NANOS)) {
      return;
    }
    lastNanos = now;
    if (terminal) {
      draw(share, text);
    } else {
      out.println("  " + line(share, text, now));
      out.flush();
    }
  }

  /** Shows the end of the work, whenever the last update was. */
  void finish(String text) {
    if (terminal) {
      draw(1, text);
      out.println();
    } else {
      out.println("  " + line(1, text, nanoClock.getAsLong()));
    }
    out.flush();
  }

  private void draw(double share, String text) {
    int filled = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR_WIDTH);
    String line =
        "  ["
            + "#".repeat(filled)
            + ".".repeat(BAR_WIDTH - filled)
            + "] "
            + line(share, text, nanoClock.getAsLong());
    out.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())));
    out.flush();
    lastLength = line.length();
  }

  private String line(double share, String text, long now) {
    double seconds = (now - startNanos) / 1e9;
    return String.format(Locale.ROOT, "%3.0f %%  %5.1f s  %s", share * 100, seconds, text);
  }
}
