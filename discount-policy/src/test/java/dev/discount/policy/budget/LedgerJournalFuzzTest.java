package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.random.CounterRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are wrong in any way are refused by name, or are a state within its budgets. */
class LedgerJournalFuzzTest {

  private static final int TRIES = 2_000;

  @TempDir private Path folder;

  private byte[] whole() throws IOException {
    Path path = folder.resolve("whole");
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger ledger = Journals.builder().build(journal);
      BudgetAccount both = ledger.account("total", "spring");
      ledger.leases().register("berlin");
      Lease lease =
          ledger.leases().grant("berlin", "total", 500, 1, Duration.ofHours(1)).orElseThrow();
      for (int i = 0; i < 12; i++) {
        long handle = both.reserve(100 + i, i);
        if (i % 3 == 0) {
          ledger.commit(handle, i);
        } else if (i % 3 == 1) {
          ledger.release(handle);
        }
        journal.writeNow();
      }
      ledger.leases().report(new LeaseReport(lease.id(), 7, 8));
      ledger.changeBudget("spring", Journals.euro(300));
    }
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger ledger = Journals.builder().build(journal);
      ledger.leases().end(new LeaseReport(1, 90, 8));
      ledger.account("total").reserve(5, 5);
    }
    return Files.readAllBytes(path);
  }

  @Test
  void read_anyBytesAltered_refusedByName() throws IOException {
    byte[] whole = whole();
    int accepted = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] bytes = alter(whole, i);
      if (i % 2 == 0) {
        seal(bytes);
      }
      Path path = Files.write(folder.resolve("altered"), bytes);
      try {
        JournalState state = JournalReader.read(path).state();
        accepted++;
        for (JournalState.Sum sum : state.sums()) {
          assertTrue(sum.spentMinor >= 0 && sum.budgetMinor >= 0, "case " + i);
          assertTrue(sum.budgetMinor - sum.freeMinor <= sum.highestMinor, "case " + i);
        }
      } catch (JournalFormatException e) {
        assertTrue(e.getMessage().contains(" must "), e.getMessage());
      }
    }
    assertTrue(accepted > 10 && accepted < TRIES / 2, "accepted " + accepted);
    byte[] same = whole.clone();
    seal(same);
    assertEquals(ByteBuffer.wrap(whole), ByteBuffer.wrap(same));
  }

  /** Changes some bytes, takes some out or puts some in. */
  private static byte[] alter(byte[] whole, int i) {
    int at = (int) (CounterRandom.unit(1, 1, i) * whole.length);
    double kind = CounterRandom.unit(1, 2, i);
    long value = (long) (CounterRandom.unit(1, 3, i) * 0x1p53) << 11;
    byte[] bytes = kind < 0.9 ? whole.clone() : new byte[whole.length + (kind < 0.95 ? -32 : 32)];
    if (kind >= 0.9) {
      System.arraycopy(whole, 0, bytes, 0, Math.min(at, bytes.length));
      int from = Math.min(whole.length, at + (kind < 0.95 ? 32 : 0));
      int to = Math.min(bytes.length, at + (kind < 0.95 ? 0 : 32));
      System.arraycopy(whole, from, bytes, to, Math.min(whole.length - from, bytes.length - to));
    } else if (kind < 0.3) {
      bytes[at] = (byte) value;
    } else if (kind < 0.6) {
      bytes[at] ^= (byte) (1 << i % 8);
    } else {
      ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int word = Math.min(at / 8 * 8, bytes.length - 8);
      words.putLong(word, kind < 0.75 ? value : i % 7 - 3);
    }
    return bytes;
  }

  /** Makes checksums and links right again, so that what is inside is looked at. */
  private static void seal(byte[] bytes) {
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 16);
    words.putInt(16, (int) crc.getValue());
    int previous = (int) crc.getValue();
    int at = 24;
    while (at + 40 <= bytes.length) {
      int payload = words.getInt(at + 8);
      if (payload < 0 || payload > bytes.length - at - 40) {
        return;
      }
      words.putInt(at + 12, previous);
      crc.reset();
      crc.update(bytes, at, 32);
      crc.update(bytes, at + 40, payload);
      previous = (int) crc.getValue();
      words.putInt(at + 32, previous);
      at += 40 + payload;
    }
  }
}
