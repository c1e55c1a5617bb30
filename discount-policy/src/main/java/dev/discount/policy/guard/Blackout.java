package dev.discount.policy.guard;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Closes all levels during some periods, whose local times are those of a stated zone. Without a
 * time all levels are closed. Immutable.
 *
 * <p>A local time that a change of the clocks skips is the moment of the change; of one that occurs
 * twice a period begins with the first and ends with the second.
 */
public final class Blackout implements Guardrail {

  /**
   * A period of local time.
   *
   * @param from its first moment
   * @param until the moment after its last, later than {@code from}
   */
  public record Period(LocalDateTime from, LocalDateTime until) {

    /** Checks the order. */
    public Period {
      if (!from.isBefore(until)) {
        throw new IllegalArgumentException("until must be after " + from + ", got " + until);
      }
    }

    /** Returns a whole day. */
    public static Period day(LocalDate date) {
      return new Period(date.atStartOfDay(), date.plusDays(1).atStartOfDay());
    }
  }

  /** The first and the end of each period, rising, without overlap. */
  private final long[] startMillis;

  private final long[] endMillis;

  private Blackout(List<long[]> spans) {
    this.startMillis = spans.stream().mapToLong(span -> span[0]).toArray();
    this.endMillis = spans.stream().mapToLong(span -> span[1]).toArray();
  }

  /**
   * Returns a guardrail.
   *
   * @param zone the zone of the local times
   * @param periods the periods, at least one, in any order; they may overlap
   */
  public static Blackout of(ZoneId zone, List<Period> periods) {
    if (periods.isEmpty()) {
      throw new IllegalArgumentException("periods must not be empty, got none");
    }
    List<long[]> spans = new ArrayList<>();
    for (Period period : periods) {
      ZonedDateTime from = period.from().atZone(zone).withEarlierOffsetAtOverlap();
      ZonedDateTime until = period.until().atZone(zone).withLaterOffsetAtOverlap();
      spans.add(new long[] {from.toInstant().toEpochMilli(), until.toInstant().toEpochMilli()});
    }
    spans.sort(Comparator.comparingLong(span -> span[0]));
    List<long[]> merged = new ArrayList<>();
    for (long[] span : spans) {
      long[] last = merged.isEmpty() ? span : merged.get(merged.size() - 1);
      if (merged.isEmpty() || span[0] > last[1]) {
        merged.add(span);
      } else {
        last[1] = Math.max(last[1], span[1]);
      }
    }
    return new Blackout(merged);
  }

  /** Returns the period that a time is in, or -1. */
  private int period(long timeMillis) {
    int found = Arrays.binarySearch(startMillis, timeMillis);
    int last = found >= 0 ? found : -found - 2;
    return last >= 0 && timeMillis < endMillis[last] ? last : -1;
  }

  @Override
  public long closedLevels(DecisionContext context) {
    boolean stated = Times.seconds(context) != Times.NOT_STATED;
    return stated && period(context.timeMillis()) < 0 ? 0 : -1L;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    int period = period(context.timeMillis());
    return period < 0
        ? Opening.BY_STATED_FIELD
        : new Opening(Opening.Quantity.TIME_AT_LEAST, endMillis[period], context.timeMillis());
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "blackout";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "There are no discounts at this time.";
  }

  @Override
  public String toString() {
    return "Blackout[startMillis="
        + Arrays.toString(startMillis)
        + ", endMillis="
        + Arrays.toString(endMillis)
        + "]";
  }
}
