package shop.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the person who started the run what happens. Confined to one thread. */
final class Console {

  private final PrintStream out;
  private final boolean terminal;
  private final long startNanos = System.nanoTime();

  Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Announces a step of the run, with the time since the start. */
  void step(String words) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, words);
    out.flush();
  }

  /** Writes text as it is. */
  void text(String words) {
    out.println(words);
    out.flush();
  }

  /** Starts a line that shows progress. */
  ProgressLine progress() {
    return new ProgressLine(out, terminal, System::nanoTime);
  }
}
