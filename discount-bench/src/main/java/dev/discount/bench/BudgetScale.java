package dev.discount.bench;

import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.budget.BudgetSolver;
import dev.discount.policy.budget.LimitedChoice;
import dev.discount.policy.budget.Population;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A budget with eight limits over customers in a file, larger than a heap should be: {@code
 * scale.customers} (125 million, eight levels each, 1e9 variables, 8 GB), written to and removed
 * from {@code scale.folder}, solved on {@code scale.threads} threads (2). Prints the gap, the time,
 * the passes, and how fast they read beside a scan that does nothing else.
 */
public final class BudgetScale {

  private static final int LEVELS = 8;
  private static final int GROUPS = 4;
  private static final int BLOCK = 1024;
  private static final int CUSTOMER_BYTES = LEVELS * 2 * Float.BYTES;
  private static final long SEED = 20_261_123;

  private final int customers;
  private final int threads;

  private BudgetScale(int customers, int threads) {
    this.customers = customers;
    this.threads = threads;
  }

  /**
   * Runs once.
   *
   * @param args none
   * @throws IOException if the folder cannot be written to
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(System.getProperty("scale.folder", "target"));
    BudgetScale scale =
        new BudgetScale(
            Integer.getInteger("scale.customers", 125_000_000),
            Integer.getInteger("scale.threads", 2));
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "customers", ".f32");
    try {
      scale.run(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void run(Path file) throws IOException {
    long begin = System.nanoTime();
    write(file);
    say("%,d customers, %,d variables", customers, (long) customers * LEVELS);
    say("written    %7.1f s, %.2f GB", seconds(begin), gigabytes(Files.size(file)));
    Population mapped = Population.open(LEVELS, file);
    begin = System.nanoTime();
    scan(mapped);
    say("first scan %7.1f s, %.2f GB/s", seconds(begin), rate(seconds(begin)));
    begin = System.nanoTime();
    scan(mapped);
    double scan = seconds(begin);
    say("scan       %7.1f s, %.2f GB/s, reading alone", scan, rate(scan));
    CountedPopulation counted = new CountedPopulation(mapped.withGroups(GROUPS, groups()));
    begin = System.nanoTime();
    LimitedChoice choice = new BudgetSolver(threads).solve(counted, Budgets.limits(customers));
    double solve = seconds(begin);
    counted.say(begin, solve, scan);
    say(
        "solved     %7.1f s, gap %.5f %%, feasible %s, %d passes over all customers by the search",
        solve,
        100 * choice.certificate().relativeGap(),
        choice.certificate().feasible(),
        choice.passes());
    choice.uses().forEach(use -> say("  %s", use));
    if (!choice.certificate().feasible() || choice.certificate().relativeGap() > 1e-3) {
      throw new IllegalStateException("the gap must be at most 0.1 %, got " + choice.certificate());
    }
  }

  private double rate(double seconds) {
    return gigabytes((long) customers * CUSTOMER_BYTES) / seconds;
  }

  private static double gigabytes(long bytes) {
    return bytes / 1e9;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private byte[] groups() {
    byte[] groups = new byte[customers];
    inBlocks(
        (first, count) -> {
          for (int i = first; i < first + count; i++) {
            groups[i] = (byte) CounterRandom.below(GROUPS, SEED, 4, i);
          }
        });
    return groups;
  }

  /** Writes logistic demand in eight depths: value the expected profit, cost the discount. */
  private void write(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      inBlocks(
          (first, count) -> {
            ByteBuffer bytes =
                ByteBuffer.allocateDirect(count * CUSTOMER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = first; i < first + count; i++) {
              planted(i, bytes);
            }
            writeFully(channel, bytes.flip(), (long) first * CUSTOMER_BYTES);
          });
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long from) {
    try {
      long at = from;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void planted(int customer, ByteBuffer out) {
    double slope = 4 * StrictMath.exp(1.2 * CounterRandom.gaussian(SEED, 2, customer));
    double odds = StrictMath.exp(-2 + CounterRandom.gaussian(SEED, 1, customer));
    double factor = StrictMath.exp(0.05 * slope);
    double price = 1000 + 9000 * CounterRandom.unit(SEED, 3, customer);
    for (int j = 0; j < LEVELS; j++) {
      double bought = odds < Double.POSITIVE_INFINITY ? odds / (1 + odds) : 1;
      out.putFloat((float) (bought * price * (0.5 - 0.05 * j)));
      out.putFloat((float) (bought * price * 0.05 * j));
      odds *= factor;
    }
  }

  private void scan(Population population) {
    inBlocks(
        (first, count) -> {
          float[] block = new float[BLOCK * LEVELS * 2];
          for (int i = first; i < first + count; i += BLOCK) {
            population.readInto(i, Math.min(BLOCK, first + count - i), block);
          }
        });
  }

  private interface BlockWork {
    void run(int first, int count);
  }

  /** Works on blocks of customers with all threads, in no order. */
  private void inBlocks(BlockWork work) {
    int size = 256 * BLOCK;
    AtomicInteger next = new AtomicInteger();
    int blocks = (customers - 1) / size + 1;
    Runnable worker =
        () -> {
          for (int b = next.getAndIncrement(); b < blocks; b = next.getAndIncrement()) {
            work.run(b * size, Math.min(size, customers - b * size));
          }
        };
    List<Thread> helpers = new ArrayList<>();
    for (int t = 1; t < threads; t++) {
      helpers.add(new Thread(worker));
    }
    helpers.forEach(Thread::start);
    worker.run();
    try {
      for (Thread helper : helpers) {
        helper.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  /** A population that notes when a pass over all customers begins and how much was read. */
  private static final class CountedPopulation implements Population {
    private final Population population;
    private final List<Long> passes = new ArrayList<>();
    private final LongAdder read = new LongAdder();

    CountedPopulation(Population population) {
      this.population = population;
    }

    @Override
    public int customers() {
      return population.customers();
    }

    @Override
    public int levels() {
      return population.levels();
    }

    @Override
    public int groups() {
      return population.groups();
    }

    @Override
    public void readInto(int firstCustomer, int count, float[] out) {
      if (firstCustomer == 0 && count == BLOCK) {
        synchronized (passes) {
          passes.add(System.nanoTime());
        }
      }
      read.add((long) count * CUSTOMER_BYTES);
      population.readInto(firstCustomer, count, out);
    }

    @Override
    public void groupsInto(int firstCustomer, int count, byte[] out) {
      population.groupsInto(firstCustomer, count, out);
    }

    /** Says how long each phase took: the pass for units, samples, then passes one by one. */
    void say(long begin, double solve, double scan) {
      long end = begin + Math.round(solve * 1e9);
      double pass = gigabytes((long) customers() * CUSTOMER_BYTES);
      BudgetScale.say("read       %.1f GB in all, %.2f GB a pass", gigabytes(read.sum()), pass);
      for (int p = 0; p < passes.size(); p++) {
        long until = p + 1 < passes.size() ? passes.get(p + 1) : end;
        double seconds = (until - passes.get(p)) / 1e9;
        BudgetScale.say(
            "  pass %2d %8.2f s, %5.2f GB/s, %3.0f %% of reading alone%s",
            p + 1,
            seconds,
            pass / seconds,
            100 * scan / seconds,
            p == 1 ? " (the samples' passes before the next included)" : "");
      }
    }
  }
}
