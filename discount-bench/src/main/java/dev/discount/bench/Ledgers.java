package dev.discount.bench;

import dev.discount.bench.Figure.Limit;
import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;
import dev.discount.core.Money;
import dev.discount.policy.budget.BudgetAccount;
import dev.discount.policy.budget.BudgetLedger;
import dev.discount.policy.budget.LedgerJournal;
import dev.discount.policy.budget.LedgerJournalConfig;
import dev.discount.policy.budget.Settlement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reservations of a budget by two threads. Each is settled before the thread makes the next: one in
 * eight is committed, the others are released. Scarce is a budget that holds no more than the two
 * reservations, so that every one of them changes the same number. Journaled counts reservations
 * that, with their settlement, have been forced to the disk.
 */
final class Ledgers {

  private static final int THREADS = 2;
  private static final int ROOM = 1 << 16;
  private static final int COMMITTED = 8;
  private static final long AMOUNT = 499;
  private static final long PLENTY = 1L << 55;
  private static final Currency EURO = Currency.getInstance("EUR");

  private static final Figure RESERVE = figure("ledger.reserve", Must.of(20e6));
  private static final Figure SCARCE = figure("ledger.reserve.scarce", Must.NONE);
  private static final Figure JOURNALED = figure("ledger.journaled", Must.of(1e6));

  private Ledgers() {}

  private static Figure figure(String name, Must must) {
    return new Figure(name, Unit.RESERVATIONS_PER_SECOND, THREADS, Limit.NONE, must);
  }

  static List<Contender> contenders() {
    return List.of(
        new InMemory(RESERVE, PLENTY, true),
        new InMemory(SCARCE, THREADS * AMOUNT, false),
        new Journaled());
  }

  /** Reserves and settles a number of times. */
  private static void reserve(BudgetAccount account, long count, boolean commits) {
    BudgetLedger ledger = account.ledger();
    for (long i = 0; i < count; i++) {
      long handle = account.reserve(AMOUNT, 1);
      boolean commit = commits && i % COMMITTED == 0;
      Settlement settled = commit ? ledger.commit(handle, AMOUNT) : ledger.release(handle);
      if (settled != Settlement.DONE) {
        throw new IllegalStateException("a reservation must be made, got " + handle);
      }
    }
  }

  /** Lets threads do a piece of work each; returns how many reservations a second that were. */
  private static double perSecond(LongUnaryOperator work) {
    CyclicBarrier begin = new CyclicBarrier(THREADS);
    AtomicLong done = new AtomicLong();
    Thread[] threads = new Thread[THREADS];
    long[] nanos = new long[THREADS];
    for (int t = 0; t < THREADS; t++) {
      int number = t;
      threads[t] =
          new Thread(
              () -> {
                try {
                  begin.await();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                long from = System.nanoTime();
                done.addAndGet(work.applyAsLong(number));
                nanos[number] = System.nanoTime() - from;
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return done.get() * 1e9 / Math.max(nanos[0], nanos[1]);
  }

  private static final class InMemory implements Contender {
    private static final long PIECE = 1 << 13;
    private static final double SECONDS = 0.4;

    private final Figure figure;
    private final long budgetMinor;
    private final boolean commits;
    private @Nullable BudgetAccount account;

    InMemory(Figure figure, long budgetMinor, boolean commits) {
      this.figure = figure;
      this.budgetMinor = budgetMinor;
      this.commits = commits;
    }

    @Override
    public Figure figure() {
      return figure;
    }

    @Override
    public String note() {
      return "each settled before the next of its thread; "
          + (commits ? "one in eight committed" : "the budget holds two at once");
    }

    @Override
    public void prepare() {
      account =
          BudgetLedger.builder()
              .budget("total", new Money(budgetMinor, EURO))
              .reservations(ROOM)
              .build()
              .account("total");
      for (int i = 0; i < 4; i++) {
        measure();
      }
    }

    @Override
    public Sample measure() {
      BudgetAccount of = Objects.requireNonNull(account, "prepare must come before measure");
      return Sample.of(
          perSecond(
              thread -> {
                long until = System.nanoTime() + (long) (SECONDS * 1e9);
                long done = 0;
                while (System.nanoTime() < until) {
                  reserve(of, PIECE, commits);
                  done += PIECE;
                }
                return done;
              }));
    }
  }

  /** From the first reservation until the last settlement is forced. */
  private static final class Journaled implements Contender {
    private static final long EACH = 400_000;

    private @Nullable LedgerJournal journal;
    private @Nullable BudgetAccount account;

    @Override
    public Figure figure() {
      return JOURNALED;
    }

    @Override
    public String note() {
      return "two entries each, every group forced, until the last is";
    }

    @Override
    public void prepare() {
      Path path =
          Path.of(System.getProperty("scoreboard.folder", "target")).resolve("ledger.journaled");
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      LedgerJournal opened =
          LedgerJournal.open(path, LedgerJournalConfig.ofDefaults().withRingEntries(1 << 18));
      account =
          BudgetLedger.builder()
              .budget("total", new Money(PLENTY, EURO))
              .reservations(ROOM)
              .build(opened)
              .account("total");
      Thread writer = new Thread(opened, "budget-journal");
      writer.setDaemon(true);
      writer.start();
      journal = opened;
      for (int i = 0; i < 4; i++) {
        measure();
      }
    }

    @Override
    public Sample measure() {
      BudgetAccount of = Objects.requireNonNull(account, "prepare must come before measure");
      LedgerJournal to = Objects.requireNonNull(journal, "prepare must come before measure");
      return Sample.of(
          perSecond(
              thread -> {
                reserve(of, EACH, true);
                to.force();
                return EACH;
              }));
    }

    @Override
    public void close() {
      if (journal != null) {
        journal.close();
      }
    }
  }
}
