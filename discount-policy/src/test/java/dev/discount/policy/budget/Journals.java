package dev.discount.policy.budget;

import dev.discount.core.Money;
import dev.discount.core.internal.file.AtomicFile;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.log.ForceRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.function.LongConsumer;

/** Small ledgers with journals, for tests. */
final class Journals {

  static final Currency EURO = Currency.getInstance("EUR");
  static final long SEED = 5;

  private Journals() {}

  static Money euro(long minor) {
    return new Money(minor, EURO);
  }

  static double unit(long i) {
    return CounterRandom.unit(SEED, 1, i);
  }

  static LedgerJournalConfig config() {
    return LedgerJournalConfig.ofDefaults().withRingEntries(1 << 10).withForce(ForceRule.never());
  }

  static BudgetLedgerBuilder builder() {
    return BudgetLedger.builder()
        .hold(Duration.ofSeconds(1))
        .reservations(256)
        .budget("total", euro(100_000))
        .budget("spring", euro(20_000));
  }

  /** A disk that takes so many bytes and then none, and that can refuse to force. */
  static final class SmallDisk extends JournalFile {
    long room;
    boolean forces = true;

    /** Called with the bytes that a write is about to add, or -1 before a force. */
    LongConsumer before = bytes -> {};

    /** The bytes of the file, and how many of them were forced. */
    long written;

    long forced;

    SmallDisk(Path path, long room) {
      super(path);
      this.room = room;
    }

    @Override
    void replace(AtomicFile.Content<Long> content) {
      super.replace(
          channel -> {
            long bytes = content.writeTo(channel);
            if (bytes > room) {
              throw new IOException("No space left on device");
            }
            room -= bytes;
            return bytes;
          });
      written = path().toFile().length();
      forced = written;
    }

    @Override
    void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
      if (bytes.remaining() > room) {
        super.write(channel, bytes.slice(bytes.position(), (int) room), offset);
        room = 0;
        throw new IOException("No space left on device");
      }
      before.accept(bytes.remaining());
      room -= bytes.remaining();
      written = offset + bytes.remaining();
      super.write(channel, bytes, offset);
    }

    @Override
    void force(FileChannel channel) throws IOException {
      before.accept(-1);
      if (!forces) {
        // What was not forced is given up, though it can be read until the power is gone.
        zero(channel, forced, written);
        throw new IOException("Input/output error");
      }
      super.force(channel);
      forced = written;
    }

    private static void zero(FileChannel channel, long from, long to) throws IOException {
      channel.write(ByteBuffer.allocate((int) (to - from)), from);
    }
  }
}
