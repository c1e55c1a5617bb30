package dev.discount.policy.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a few actors' programs in every order of their steps on shared memory, on one thread. A step
 * is one access to {@link Cells}; between two of them, an actor depends on nothing but what its
 * accesses returned. So an actor is advanced by running its program again from the beginning, fed
 * with what it saw, up to one step more; and two ways to one memory in which every actor has seen
 * the same go on as one. Reads of cells that no step ever writes are no points of change, nor are
 * accesses to cells that one actor alone uses.
 *
 * <p>What {@link Cells#set} writes waits in the actor's own buffer: he reads it from there, the
 * others see it at any later moment, in the order of writing, at the latest with his next access
 * that reads and writes at once. That is what a release write promises and no more.
 */
final class Interleavings {

  /** What one actor does, from begin to end. Calls {@link #begin} and {@link #end} around calls. */
  interface Program {
    void run(Interleavings world);
  }

  /** One call of an actor that has returned. */
  record Call(int number, long before, Object call, Object result, long made) {}

  /** Looks at the memory when all actors have ended. */
  interface Check {
    void end(List<Call> calls);
  }

  /** Ends a run of a program after its step; nothing may catch it. */
  private static final class Suspended extends Error {
    private static final long serialVersionUID = 1L;

    Suspended() {
      super("suspended", null, false, false);
    }
  }

  private static final int NOBODY = -1;

  /** How far an actor is. */
  private record Actor(
      long[] seen,
      List<Call> calls,
      int sinceCall,
      boolean ended,
      long waitsFor,
      List<Store> buffer) {

    /** Two actors are equally far if their calls are equal, and what they saw in the last one. */
    long hash(long seed) {
      long h = Interleavings.hash(seen, sinceCall, seed) + waitsFor + (ended ? 1 : 0);
      for (Call call : calls) {
        h = h * seed + call.hashCode();
      }
      for (Store store : buffer) {
        h = (h * seed + store.cell) * seed + store.value;
      }
      return h;
    }

    Actor withoutFirst() {
      return new Actor(seen, calls, sinceCall, ended, waitsFor, buffer.subList(1, buffer.size()));
    }
  }

  /** A write that others may not see yet. */
  private record Store(int cell, long value) {}

  private record Key(long a, long b) {}

  private final List<Program> programs;
  private final BitSet written = new BitSet();

  /** Which actors use a cell, one bit each. */
  private long[] users = {};

  private List<Store> buffer = new ArrayList<>();
  private long[] memory = {};
  private int used;
  private int actor = NOBODY;
  private long[] seen = {};
  private int at;
  private int sinceCall;
  private int steps;

  /** How many steps may still be made in this run: one or none. */
  private int free;

  private List<Call> calls = new ArrayList<>();
  private long done;
  private boolean restart;
  private long waitsFor;
  private int states;
  private int ends;

  Interleavings(Program... programs) {
    this.programs = List.of(programs);
  }

  /** Returns cells of this world. */
  Watched cells(int count) {
    int base = used;
    used += count;
    memory = Arrays.copyOf(memory, used);
    users = Arrays.copyOf(users, used);
    return new Watched(base);
  }

  int states() {
    return states;
  }

  int ends() {
    return ends;
  }

  /** Runs every order of steps. */
  void explore(Check check) {
    long[] first = memory.clone();
    do {
      restart = false;
      states = 0;
      ends = 0;
      Actor[] actors = new Actor[programs.size()];
      Arrays.fill(actors, new Actor(new long[0], List.of(), 0, false, 0, List.of()));
      explore(first, actors, new HashSet<>(), check);
    } while (restart);
    memory = first;
  }

  private void explore(long[] before, Actor[] actors, Set<Key> known, Check check) {
    if (restart || !known.add(key(before, actors))) {
      return;
    }
    states++;
    boolean moved = false;
    boolean ended = true;
    for (int i = 0; i < actors.length; i++) {
      ended &= actors[i].ended && actors[i].buffer.isEmpty();
      if (!actors[i].buffer.isEmpty()) {
        moved = true;
        Actor[] after = actors.clone();
        after[i] = actors[i].withoutFirst();
        Store first = actors[i].buffer.get(0);
        long[] seenByAll = before.clone();
        seenByAll[first.cell] = first.value;
        explore(seenByAll, after, known, check);
      }
      if (!actors[i].ended && actors[i].waitsFor != hash(before, 0, 1)) {
        moved = true;
        memory = before.clone();
        Actor[] after = actors.clone();
        after[i] = advance(i, actors);
        explore(memory, after, known, check);
      }
    }
    if (ended) {
      ends++;
      memory = before.clone();
      actor = NOBODY;
      List<Call> all = new ArrayList<>();
      for (Actor one : actors) {
        all.addAll(one.calls);
      }
      check.end(all);
    } else if (!moved) {
      throw new AssertionError("all actors wait");
    }
  }

  private Actor advance(int number, Actor[] actors) {
    actor = number;
    seen = Arrays.copyOf(actors[number].seen, actors[number].seen.length + 64);
    at = 0;
    steps = actors[number].seen.length;
    waitsFor = 0;
    sinceCall = 0;
    calls = new ArrayList<>();
    buffer = new ArrayList<>(actors[number].buffer);
    done = 0;
    for (Actor one : actors) {
      for (Call call : one.calls) {
        done |= 1L << call.number;
      }
    }
    free = 1;
    boolean ended = false;
    try {
      programs.get(number).run(this);
      ended = true;
    } catch (Suspended e) {
      // It has made its step.
    }
    actor = NOBODY;
    return new Actor(
        Arrays.copyOf(seen, steps), calls, sinceCall, ended, waitsFor, List.copyOf(buffer));
  }

  /** Begins a call; returns the calls that had returned before, one bit each. */
  long begin() {
    return remember(() -> done);
  }

  /**
   * Ends a call.
   *
   * @param made what later calls of the program depend on
   */
  void end(int number, long before, Object call, Object result, long made) {
    calls.add(new Call(number, before, call, result, made));
    sinceCall = at;
  }

  private interface Access {
    long make();
  }

  /** Makes an access that is no point of change, once. */
  private long remember(Access access) {
    if (at < steps) {
      return seen[at++];
    }
    if (free == 0) {
      throw new Suspended();
    }
    return record(access.make());
  }

  private long record(long value) {
    if (steps == seen.length) {
      seen = Arrays.copyOf(seen, 2 * seen.length + 1);
    }
    seen[steps++] = value;
    at++;
    return value;
  }

  private long access(int cell, boolean writes, Access access) {
    if (actor == NOBODY) {
      return access.make();
    }
    use(cell, writes);
    if (at < steps) {
      return seen[at++];
    }
    if (!isShared(cell)) {
      return record(access.make());
    }
    if (free == 0) {
      throw new Suspended();
    }
    free--;
    if (writes) {
      buffer.forEach(store -> memory[store.cell] = store.value);
      buffer.clear();
    }
    return record(access.make());
  }

  /** Remembers who uses a cell; what was thought before of one that is found shared is void. */
  private void use(int cell, boolean writes) {
    boolean before = isShared(cell);
    users[cell] |= 1L << actor;
    if (writes) {
      written.set(cell);
    }
    restart |= isShared(cell) != before;
  }

  private boolean isShared(int cell) {
    return written.get(cell) && Long.bitCount(users[cell]) > 1;
  }

  /** Returns what the actor sees in a cell: what he wrote last, or what all see. */
  private long load(int cell) {
    for (int i = buffer.size() - 1; i >= 0 && actor != NOBODY; i--) {
      if (buffer.get(i).cell == cell) {
        return buffer.get(i).value;
      }
    }
    return memory[cell];
  }

  /** Writes a number that others see later, which is no point of change. */
  private void store(int cell, long value) {
    if (actor == NOBODY) {
      memory[cell] = value;
      return;
    }
    use(cell, true);
    if (at < steps) {
      at++;
      return;
    }
    if (isShared(cell)) {
      buffer.add(new Store(cell, value));
    } else {
      memory[cell] = value;
    }
    record(0);
  }

  private static long hash(long[] values, int from, long seed) {
    long h = seed;
    for (int i = from; i < values.length; i++) {
      h = (h ^ values[i]) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 29;
    }
    return h | 1;
  }

  private static Key key(long[] memory, Actor[] actors) {
    long a = hash(memory, 0, 1);
    long b = hash(memory, 0, 7);
    for (Actor one : actors) {
      a = a * 0xD1342543DE82EF95L + one.hash(0x9E3779B97F4A7C15L);
      b = b * 0xAF251AF3B0F025B5L + one.hash(0xBF58476D1CE4E5B9L);
    }
    return new Key(a, b);
  }

  /** Cells in the memory of this world. */
  final class Watched extends Cells {
    private final int base;

    private Watched(int base) {
      super(0);
      this.base = base;
    }

    @Override
    long get(int cell) {
      return access(base + cell, false, () -> load(base + cell));
    }

    @Override
    void set(int cell, long value) {
      store(base + cell, value);
    }

    @Override
    boolean compareAndSet(int cell, long expected, long value) {
      return access(
              base + cell,
              true,
              () -> {
                boolean same = memory[base + cell] == expected;
                memory[base + cell] = same ? value : memory[base + cell];
                return same ? 1 : 0;
              })
          != 0;
    }

    @Override
    long getAndSet(int cell, long value) {
      return access(
          base + cell,
          true,
          () -> {
            long old = memory[base + cell];
            memory[base + cell] = value;
            return old;
          });
    }

    @Override
    void add(int cell, long more) {
      access(
          base + cell,
          true,
          () -> {
            memory[base + cell] += more;
            return 0;
          });
    }

    /** Adds 1 and returns what was there. */
    long next(int cell) {
      return access(
          base + cell,
          true,
          () -> {
            long old = memory[base + cell];
            memory[base + cell] = old + 1;
            return old;
          });
    }

    @Override
    int stripe(int stripes) {
      return Math.max(0, actor) & (stripes - 1);
    }

    /** Waits until the memory is another than after the access before. */
    @Override
    void pause() {
      if (actor != NOBODY && at++ == steps) {
        steps++;
        waitsFor = hash(memory, 0, 1);
        throw new Suspended();
      }
    }
  }
}
