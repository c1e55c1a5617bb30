package dev.discount.policy.budget;

import java.util.Arrays;
import java.util.List;

/**
 * Sorts steps by falling slope, those of equal slope in the order in which they came. One pass of a
 * bucket sort on the leading bits of the slopes, then each bucket on its own.
 */
final class StepOrder {

  /*
   * The bits of positive doubles are in the order of the numbers and nearly linear in their
   * logarithm, so that a range of them cut into equal parts spreads slopes well. Inside a bucket
   * the bits that still differ and a step's place share one long, and longs are sorted: places
   * make the order stable and thereby a function of the input alone. A bucket too wide for that is
   * cut again.
   */

  private static final int MAX_BUCKETS = 2048;
  private static final int STEPS_A_BUCKET = 512;
  private static final int INNER_BUCKETS_BITS = 8;

  private final Crew crew;

  StepOrder(Crew crew) {
    this.crew = crew;
  }

  /** Returns the steps of all parts, sorted. */
  Steps sorted(List<Steps> parts) {
    return sorted(parts, Double.NaN);
  }

  /**
   * Returns the steps of all parts so that taking them in order until their cost passes a room is
   * as if they were sorted: those that come before as a set, and those around that place in order.
   *
   * @param parts the steps
   * @param room what the steps taken may cost
   */
  Steps sortedAround(List<Steps> parts, double room) {
    return sorted(parts, Requirements.finite("room", room));
  }

  private Steps sorted(List<Steps> parts, double room) {
    long total = 0;
    long least = Long.MAX_VALUE;
    long most = 0;
    for (Steps part : parts) {
      total += part.size;
      for (int i = 0; i < part.size; i++) {
        least = Math.min(least, part.slopes[i]);
        most = Math.max(most, part.slopes[i]);
      }
    }
    if (total > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "population must have at most 2147483639 steps between levels, got " + total);
    }
    Steps sorted = new Steps((int) total);
    sorted.size = (int) total;
    if (total > 0) {
      int buckets = (int) Math.max(1, Math.min(MAX_BUCKETS, total / STEPS_A_BUCKET));
      int shift = 0;
      while ((most - least) >>> shift >= buckets) {
        shift++;
      }
      int[] ends = scatter(parts, sorted, new Cut(most, shift, buckets));
      int[] needed = needed(sorted, ends, room);
      crew.run(needed[1] - needed[0], (worker, i) -> sortBucket(sorted, ends, needed[0] + i));
    }
    return sorted;
  }

  /**
   * Returns the first bucket to sort and the one after the last: those near the one in which the
   * cost passes the room, near because the room is only added up in double precision here.
   */
  private static int[] needed(Steps steps, int[] ends, double room) {
    if (Double.isNaN(room)) {
      return new int[] {0, ends.length};
    }
    int bucket = 0;
    double cost = 0;
    for (int i = 0; i < steps.size && cost <= room; i++) {
      cost += steps.costs[i];
      while (i >= ends[bucket]) {
        bucket++;
      }
    }
    return new int[] {Math.max(0, bucket - 2), Math.min(ends.length, bucket + 3)};
  }

  private static void sortBucket(Steps steps, int[] ends, int bucket) {
    sortRange(steps, bucket == 0 ? 0 : ends[bucket - 1], ends[bucket]);
  }

  /** Which bucket a slope belongs to: the largest slopes to bucket 0. */
  private record Cut(long most, int shift, int buckets) {
    int bucket(long slope) {
      return (int) ((most - slope) >>> shift);
    }
  }

  /** Moves the steps to their buckets, in order; returns where each bucket ends. */
  private int[] scatter(List<Steps> parts, Steps out, Cut cut) {
    int[][] next = new int[parts.size()][cut.buckets()];
    crew.run(parts.size(), (worker, p) -> count(parts.get(p), cut, next[p]));
    int[] ends = new int[cut.buckets()];
    int place = 0;
    for (int b = 0; b < ends.length; b++) {
      for (int[] counts : next) {
        int count = counts[b];
        counts[b] = place;
        place += count;
      }
      ends[b] = place;
    }
    crew.run(parts.size(), (worker, p) -> move(parts.get(p), cut, next[p], out));
    return ends;
  }

  private static void count(Steps part, Cut cut, int[] counts) {
    for (int i = 0; i < part.size; i++) {
      counts[cut.bucket(part.slopes[i])]++;
    }
  }

  private static void move(Steps part, Cut cut, int[] next, Steps out) {
    for (int i = 0; i < part.size; i++) {
      int bucket = cut.bucket(part.slopes[i]);
      out.copy(next[bucket]++, part, i);
    }
  }

  private static void sortRange(Steps steps, int from, int to) {
    int count = to - from;
    if (count < 2) {
      return;
    }
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = from; i < to; i++) {
      least = Math.min(least, steps.slopes[i]);
      most = Math.max(most, steps.slopes[i]);
    }
    if (least == most) {
      return;
    }
    int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    int slopeBits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
    if (placeBits + slopeBits < Long.SIZE) {
      sortPacked(steps, from, to, most, placeBits);
    } else {
      cutAgain(steps, from, to, new Cut(most, slopeBits - INNER_BUCKETS_BITS, 256));
    }
  }

  private static void sortPacked(Steps steps, int from, int to, long most, int placeBits) {
    int count = to - from;
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = (most - steps.slopes[from + i]) << placeBits | i;
    }
    Arrays.sort(keys);
    Steps copy = copy(steps, from, to);
    int mask = (1 << placeBits) - 1;
    for (int i = 0; i < count; i++) {
      steps.copy(from + i, copy, (int) keys[i] & mask);
    }
  }

  private static void cutAgain(Steps steps, int from, int to, Cut cut) {
    Steps copy = copy(steps, from, to);
    int[] next = new int[cut.buckets() + 1];
    for (int i = 0; i < copy.size; i++) {
      next[cut.bucket(copy.slopes[i]) + 1]++;
    }
    next[0] = from;
    for (int b = 0; b < cut.buckets(); b++) {
      next[b + 1] += next[b];
    }
    int[] ends = Arrays.copyOfRange(next, 1, next.length);
    move(copy, cut, next, steps);
    for (int b = 0; b < ends.length; b++) {
      sortRange(steps, b == 0 ? from : ends[b - 1], ends[b]);
    }
  }

  private static Steps copy(Steps steps, int from, int to) {
    Steps copy = new Steps(to - from);
    for (int i = from; i < to; i++) {
      copy.copy(i - from, steps, i);
    }
    copy.size = to - from;
    return copy;
  }
}
