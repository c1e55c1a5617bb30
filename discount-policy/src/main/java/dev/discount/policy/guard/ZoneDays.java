package dev.discount.policy.guard;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Days of a time zone without allocation: its offsets from 1970 to 2106, in order. Immutable. */
final class ZoneDays {

  private static final long MILLIS = 1_000;
  private static final long DAY_SECONDS = 86_400;

  private final long[] transitionSeconds;

  /** The offset before the first transition, and after each. */
  private final int[] offsetSeconds;

  ZoneDays(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    Instant last = Instant.ofEpochSecond(Times.MAX_SECONDS);
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    for (ZoneOffsetTransition next = rules.nextTransition(Instant.EPOCH);
        next != null && next.getInstant().isBefore(last);
        next = rules.nextTransition(next.getInstant())) {
      transitions.add(next);
    }
    this.transitionSeconds = new long[transitions.size()];
    this.offsetSeconds = new int[transitions.size() + 1];
    offsetSeconds[0] = rules.getOffset(Instant.EPOCH).getTotalSeconds();
    for (int i = 0; i < transitionSeconds.length; i++) {
      transitionSeconds[i] = transitions.get(i).toEpochSecond();
      offsetSeconds[i + 1] = transitions.get(i).getOffsetAfter().getTotalSeconds();
    }
  }

  /** Returns the days since 1970-01-01 of the local date at a time. */
  int day(long timeMillis) {
    long seconds = Math.floorDiv(timeMillis, MILLIS);
    int found = Arrays.binarySearch(transitionSeconds, seconds);
    int passed = found >= 0 ? found + 1 : -found - 1;
    return (int) Math.floorDiv(seconds + offsetSeconds[passed], DAY_SECONDS);
  }
}
