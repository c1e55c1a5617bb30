package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
  private long nanos;

  @Test
  void update_withoutTerminal_writesALineEveryThreeSeconds() {
    ProgressLine progress = new ProgressLine(out, false, () -> nanos);
    for (int tenth = 1; tenth <= 70; tenth++) {
      nanos = tenth * 100_000_000L;
      progress.update(tenth / 100.0, "at " + tenth);
    }
    progress.finish("done");
    String newLine = System.lineSeparator();
    assertEquals(
        "   30 %    3.0 s  at 30"
            + newLine
            + "   60 %    6.0 s  at 60"
            + newLine
            + "  100 %    7.0 s  done"
            + newLine,
        text());
  }

  @Test
  void update_onTerminal_redrawsTheBarAndCoversLongerText() {
    ProgressLine progress = new ProgressLine(out, true, () -> nanos);
    nanos = 50_000_000L;
    progress.update(0.1, "too soon");
    nanos = 500_000_000L;
    progress.update(0.5, "a longer text");
    nanos = 1_000_000_000L;
    progress.finish("short");
    String half = "  [" + "#".repeat(15) + ".".repeat(15) + "]  50 %    0.5 s  a longer text";
    String whole = "  [" + "#".repeat(30) + "] 100 %    1.0 s  short";
    String cover = " ".repeat(half.length() - whole.length());
    assertEquals("\r" + half + "\r" + whole + cover + System.lineSeparator(), text());
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
