package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand ends of a writer: 988 journals cut or torn at random places, which is what is left
 * when groups were written but not forced, and 12 processes that are killed while they write.
 */
class LedgerJournalCrashTest {

  private static final int CUTS = 500;
  private static final int TEARS = 488;
  private static final int KILLS = 12;

  @TempDir private Path folder;

  /** What a ledger said when everything up to an offset was written. */
  private record Known(Balance total, Balance spring) {
    static Known of(BudgetLedger ledger) {
      return new Known(ledger.balance("total"), ledger.balance("spring"));
    }
  }

  /** Writes a journal of small groups that are never forced, as a process leaves it that dies. */
  private byte[] unforced(NavigableMap<Long, Known> known) throws IOException {
    Path path = folder.resolve("unforced");
    LedgerJournal journal = LedgerJournal.open(path, Journals.config());
    BudgetLedger ledger = Journals.builder().build(journal);
    BudgetAccount total = ledger.account("total");
    BudgetAccount both = ledger.account("total", "spring");
    List<Long> handles = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      int fate = (int) (Journals.unit(i) * 6);
      if (fate < 3) {
        long handle = (fate == 0 ? both : total).reserve(1 + i % 97, i);
        if (handle > 0) {
          handles.add(handle);
        }
      } else if (fate < 5 && !handles.isEmpty()) {
        long handle = handles.remove((int) (Journals.unit(7_000 + i) * handles.size()));
        if (fate == 3) {
          ledger.commit(handle, 1);
        } else {
          ledger.release(handle);
        }
      } else if (i % 5 == 0) {
        ledger.expire(i);
      } else if (i % 7 == 0) {
        ledger.changeBudget("spring", Journals.euro(5_000 + i));
      }
      if (i % 10 == 9) {
        journal.writeNow();
        known.put(Files.size(path), Known.of(ledger));
      }
    }
    byte[] bytes = Files.readAllBytes(path);
    journal.close();
    return bytes;
  }

  @Test
  void open_cutOrTornAnywhere_isTheStateOfTheLastWholeGroup() throws IOException {
    NavigableMap<Long, Known> known = new TreeMap<>();
    byte[] whole = unforced(known);
    assertTrue(known.size() > 100);
    int first = (int) (long) known.firstKey();
    for (int i = 0; i < CUTS + TEARS; i++) {
      int at = first + (int) (Journals.unit(20_000 + i) * (whole.length - first));
      byte[] left = i < CUTS ? Arrays.copyOf(whole, at) : tear(whole, at, i);
      Map.Entry<Long, Known> good = known.floorEntry((long) at);
      checkContinues(left, good.getKey(), good.getValue(), i);
    }
  }

  /** Zeros or garbles a page from an offset on, as a power cut does to pages not yet written. */
  private static byte[] tear(byte[] whole, int at, int i) {
    byte[] torn = whole.clone();
    int to = Math.min(torn.length, at + 1 + (int) (Journals.unit(10_000 + i) * 4_096));
    for (int b = at; b < to; b++) {
      torn[b] = (byte) (i % 2 == 0 ? 0 : torn[b] ^ 0x5A);
    }
    if (i % 2 == 0 && whole[at] == 0) {
      torn[at] = 1;
    }
    return torn;
  }

  private void checkContinues(byte[] left, long good, Known known, int i) throws IOException {
    Path path = folder.resolve("crash");
    Files.write(path, left);
    JournalReader.Found found = JournalReader.read(path);
    assertEquals(left.length - good, found.tornBytes(), "case " + i);
    assertEquals(known.total.freeMinor(), found.state().sums().get(0).freeMinor);
    assertEquals(known.spring.spentMinor(), found.state().sums().get(1).spentMinor);
    if (i % 8 != 0) {
      return;
    }
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      assertEquals(left.length - good, journal.tornBytes(), "case " + i);
      BudgetLedger ledger = Journals.builder().build(journal);
      assertEquals(known, Known.of(ledger));
      ledger.expire(1_000_000);
      assertEquals(0, ledger.balance("total").reservedMinor());
      long rest = ledger.balance("total").freeMinor();
      long handle = ledger.account("total").reserve(rest, 1_000_000);
      assertEquals(Settlement.DONE, ledger.commit(handle, rest));
      assertEquals(BudgetLedger.REFUSED, ledger.account("total").reserve(1, 1_000_000));
    }
    assertEquals(100_000, JournalReader.read(path).state().sums().get(0).spentMinor);
    Files.delete(path);
  }

  /** Reserves and commits one minor unit at a time until it is killed; says what was forced. */
  static final class Victim {
    public static void main(String[] arguments) throws IOException {
      Path path = Path.of(arguments[0]);
      LedgerJournal journal = LedgerJournal.open(path, Journals.config().withCompactBytes(1 << 14));
      BudgetLedger ledger = Journals.builder().build(journal);
      new Thread(journal).start();
      long begin = Long.parseLong(arguments[1]) * 1_000_000_000;
      ledger.expire(begin);
      say("ready " + ledger.balance("total").spentMinor());
      BudgetAccount total = ledger.account("total");
      for (long i = 1; ; i++) {
        long handle = total.reserve(3, 1);
        ledger.commit(handle, 1);
        total.reserve(1, 1); // Forgotten, and taken back before the next.
        ledger.expire(begin + i * 2_000);
        if (i % 20 == 0) {
          long spent = ledger.balance("total").spentMinor();
          journal.force();
          say("forced " + spent);
        }
      }
    }

    private static void say(String line) throws IOException {
      System.out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      System.out.flush();
    }
  }

  @Test
  void open_afterKills_whatWasForcedIsThereAndNothingIsSpentTwice() throws Exception {
    Path path = folder.resolve("killed");
    long forced = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long[] said = runAndKill(path, kill);
      assertEquals(forced, said[0], "spent at the start of run " + kill);
      JournalState state = JournalReader.read(path).state();
      JournalState.Sum total = state.sums().get(0);
      assertTrue(total.spentMinor >= said[1], total.spentMinor + " of " + said[1]);
      long[] open = {0};
      state.forEachReservation((handle, amount, expires, account) -> open[0] += amount);
      assertEquals(100_000, total.freeMinor + open[0] + total.spentMinor);
      assertTrue(open[0] <= 4, "open " + open[0]);
      forced = total.spentMinor;
    }
    assertTrue(forced > 20L * KILLS);
  }

  /** Lets a process write for a random while and kills it; returns what it said. */
  private static long[] runAndKill(Path path, int kill) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Victim.class.getName());
    command.add(path.toString());
    command.add(Integer.toString(kill + 1));
    Process victim =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    long[] said = new long[2];
    int lines = 1 + (int) (Journals.unit(90_000 + kill) * 12);
    try (var output = victim.inputReader(StandardCharsets.US_ASCII)) {
      said[0] = Long.parseLong(output.readLine().split(" ", -1)[1]);
      for (int line = 0; line < lines; line++) {
        said[1] = Long.parseLong(output.readLine().split(" ", -1)[1]);
      }
      long nanos = (long) (Journals.unit(95_000 + kill) * 3_000_000);
      long from = System.nanoTime();
      while (System.nanoTime() - from < nanos) {
        Thread.onSpinWait();
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }
    return said;
  }
}
