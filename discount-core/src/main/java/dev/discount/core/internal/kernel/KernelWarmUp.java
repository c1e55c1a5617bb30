package dev.discount.core.internal.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls the kernels that scorers call until they are compiled. Computes on arrays of its own.
 * Confined to one thread.
 */
final class KernelWarmUp {

  /*
   * Compiled vector code keeps its vectors in registers, while interpreted or half-compiled code
   * allocates an object per operation: a call that allocates nothing runs compiled code.
   *
   * What limits a warm-up is the one C2 thread of a small machine. A vector operation that is not
   * compiled yet runs a tree of small methods of the Vector API instead, which no compiled kernel
   * calls. Each of them that passes HotSpot's threshold of 5000 calls is compiled as well, before
   * kernels that were called less often. So the kernels pass the threshold with few operations:
   * nearly all of their calls are empty. These count like others, and leave a kernel before its
   * first vector and its first loop, so that the profile of the loops, by which C2 unrolls them, is
   * that of the whole calls. There are just enough of those to take every branch both ways: what
   * was never taken is not compiled. They begin when HotSpot has had time to compile the kernels
   * with counters, since no other calls are recorded; where it had not, they are repeated.
   *
   * The product of one row has more whole calls: HotSpot of JDK 25 does not inline what runs in
   * less than one of 117 calls, and boxes the vectors that a method not inlined is handed.
   *
   * Each loop over calls is a method of its own, entered too seldom to be compiled itself.
   */

  /** How much a call computes: nothing, as little as touches every tile, or as much as a scorer. */
  private enum Size {
    NONE(0, 0),
    LEAST(1, Kernels.LANES),
    WHOLE(143, 269); // more than a block of rows; whole vectors of any width, and 13

    final int depth;
    final int elements;

    Size(int depth, int elements) {
      this.depth = depth;
      this.elements = elements;
    }
  }

  /** Makes some calls of a kernel. */
  private interface Calls {
    void run(int calls, Size size);
  }

  /** A kernel, or some of its tiles, and how many calls to begin with. */
  private record Routine(int wholeCalls, int emptyCalls, Calls calls) {}

  private static final int LENGTH = 1 << 14;
  private static final int COLUMNS = 112; // with vectors of 512 bits: a panel, and 48
  private static final int MANY_ROWS = 37; // eight rows, four and one
  private static final int SOME_ROWS = 5;

  private static final int FIRST_CALLS = 150;
  private static final int FIRST_ROUNDS = 10; // together below HotSpot's threshold of 5000 calls
  private static final int WHOLE_CALLS = 12;
  private static final int EMPTY_CALLS = 6_000; // beyond that threshold
  private static final int LATER_EMPTY_CALLS = 250;
  private static final int LATER_WHOLE_CALLS = 20;
  private static final int LAST_CALLS = 40;
  private static final long COMPILERS_NANOS = 2_000_000; // left to HotSpot between two rounds
  private static final long VECTOR_BYTES = 16; // any call with vector objects allocates more
  private static final long STALL_NANOS = 100_000_000; // longer than one compilation takes
  private static final long STEP_PATIENCE_NANOS = 4_000_000_000L;
  private static final long BUSY_MILLIS = 1_000; // of the compilers' time within that patience
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final Kernels kernels;
  private final float[] x = new float[LENGTH];
  private final float[] y = new float[LENGTH];
  private final float[] c = new float[LENGTH];
  private final float[] dense = new float[Size.WHOLE.depth];
  private final float[] rectified = new float[Size.WHOLE.depth];
  private final float[] zeros = new float[Size.WHOLE.depth];
  private final short[] halves = new short[LENGTH];
  private final float[][] scratch = new float[2][LENGTH];
  private final PackedMatrix[] packed = new PackedMatrix[Size.values().length];
  private final List<Routine> routines = new ArrayList<>();
  private int next; // the variant of the next call

  /** Whether HotSpot's compilers have been at work since a look at them. */
  private static final class Compilers {
    private final @Nullable CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
    private long millis;

    Compilers() {
      lookAgain();
    }

    void lookAgain() {
      millis = total();
    }

    boolean wereBusy() {
      return total() - millis > BUSY_MILLIS;
    }

    private long total() {
      return bean != null && bean.isCompilationTimeMonitoringSupported()
          ? bean.getTotalCompilationTime()
          : 0;
    }
  }

  KernelWarmUp(Kernels kernels) {
    this.kernels = kernels;
    for (int i = 0; i < LENGTH; i++) {
      x[i] = ((i * 37 + 11) % 101 - 50) * 0.25f;
      y[i] = ((i * 53 + 29) % 97 - 48) * 0.03125f;
      halves[i] = (short) (i % 64 << 7);
    }
    for (int p = 0; p < dense.length; p++) {
      dense[p] = 1 + p % 7;
      rectified[p] = p % 2 == 0 ? 0 : dense[p];
    }
    for (Size size : Size.values()) {
      packed[size.ordinal()] = kernels.pack(size.depth, COLUMNS, y, 0, COLUMNS);
    }
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::add));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::addPair));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::addWidened));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::dot));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::relu));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::leakyRelu));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::sigmoid));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::tanh));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::softplus));
    routines.add(new Routine(WHOLE_CALLS / 3, EMPTY_CALLS / 4, this::rows));
    routines.add(new Routine(8 * WHOLE_CALLS, EMPTY_CALLS, this::row));
    routines.add(new Routine(WHOLE_CALLS, EMPTY_CALLS, this::fewRows));
  }

  /**
   * Runs the kernels until they are compiled; returns whether all were reached in time. What goes
   * on allocating while nothing is finished for long, though the compilers had little else to do,
   * is left: HotSpot has compiled it then, and failed to remove a vector object.
   */
  boolean untilCompiled() {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
      return false;
    }
    long begin = System.nanoTime();
    callOften();
    Deque<Routine> waiting = new ArrayDeque<>(routines);
    long progress = System.nanoTime();
    Compilers compilers = new Compilers();
    while (!waiting.isEmpty()) {
      LockSupport.parkNanos(COMPILERS_NANOS);
      waiting.forEach(routine -> routine.calls.run(LATER_EMPTY_CALLS, Size.NONE));
      Routine first = waiting.remove();
      long now = System.nanoTime();
      if (now - progress > STALL_NANOS) {
        first.calls.run(LATER_WHOLE_CALLS, Size.WHOLE);
      }
      if (isCompiled(first, threads)) {
        progress = now;
        compilers.lookAgain();
      } else {
        waiting.add(first);
      }
      if (now - begin > PATIENCE_NANOS) {
        return false;
      }
      if (now - progress > STEP_PATIENCE_NANOS) {
        if (!compilers.wereBusy()) {
          break;
        }
        progress = now;
        compilers.lookAgain();
      }
    }
    return true;
  }

  /** Calls every kernel as often as it takes to be compiled. */
  void callOften() {
    for (int round = 0; round < FIRST_ROUNDS; round++) {
      for (Routine routine : routines) {
        routine.calls.run(FIRST_CALLS, Size.NONE);
      }
      LockSupport.parkNanos(COMPILERS_NANOS);
    }
    for (Routine routine : routines) {
      routine.calls.run(routine.wholeCalls, Size.WHOLE);
      routine.calls.run(routine.emptyCalls, Size.NONE);
    }
  }

  private static boolean isCompiled(Routine routine, ThreadMXBean threads) {
    return !allocates(routine, 2, Size.LEAST, threads)
        && !allocates(routine, LAST_CALLS, Size.WHOLE, threads);
  }

  private static boolean allocates(Routine routine, int calls, Size size, ThreadMXBean threads) {
    long before = threads.getCurrentThreadAllocatedBytes();
    routine.calls.run(calls, size);
    return threads.getCurrentThreadAllocatedBytes() - before >= VECTOR_BYTES * calls;
  }

  private void rows(int calls, Size size) {
    PackedMatrix b = packed[size.ordinal()];
    for (int i = 0; i < calls; i++) {
      int variant = next++;
      int m = size == Size.NONE || (variant & 2) == 0 ? MANY_ROWS : SOME_ROWS;
      boolean add = size == Size.NONE || (variant & 1) == 0;
      kernels.gemmPacked(m, x, 0, Size.WHOLE.depth, b, c, 0, COLUMNS, add, scratch);
    }
  }

  private void row(int calls, Size size) {
    PackedMatrix b = packed[size.ordinal()];
    for (int i = 0; i < calls; i++) {
      int variant = next++;
      float[] factors = (variant & 2) == 0 ? rectified : (variant & 4) == 0 ? dense : zeros;
      boolean add = size == Size.NONE || (variant & 1) == 0;
      if (size == Size.WHOLE) {
        Arrays.fill(c, 0, COLUMNS, -0f);
      }
      kernels.gemmPacked(1, factors, 0, Size.WHOLE.depth, b, c, 0, COLUMNS, add, scratch);
    }
  }

  private void fewRows(int calls, Size size) {
    int k = size.depth;
    for (int i = 0; i < calls; i++) {
      boolean add = size == Size.NONE || (next++ & 1) == 0;
      kernels.gemm(2, COLUMNS, k, x, 0, k, y, 0, COLUMNS, c, 0, COLUMNS, add);
    }
  }

  private void add(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      kernels.add(n, x, 0, c, 0);
    }
  }

  private void addPair(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      kernels.addPair(n, x, 0, y, 0, x, n, c, 0);
    }
  }

  private void addWidened(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      kernels.addWidened(n, halves, 0, c, 0);
    }
  }

  private void dot(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      c[0] = kernels.dot(n, x, 0, y, 0);
    }
  }

  private void relu(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      kernels.relu(n, c, 0);
    }
  }

  private void leakyRelu(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      kernels.leakyRelu(n, 0.99f, c, 0);
    }
  }

  private void sigmoid(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      kernels.sigmoid(n, x, 0, c, 0);
    }
  }

  private void tanh(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      kernels.tanh(n, x, 0, c, 0);
    }
  }

  private void softplus(int calls, Size size) {
    int n = size.elements;
    for (int i = 0; i < calls; i++) {
      kernels.softplus(n, x, 0, c, 0);
    }
  }
}
