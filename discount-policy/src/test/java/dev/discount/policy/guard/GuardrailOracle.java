package dev.discount.policy.guard;

import dev.discount.core.Level;
import dev.discount.policy.guard.PriceLedgerDifferentialTest.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Guardrails written a second time, as plainly as they are said, with lists of all that happened.
 */
abstract class GuardrailOracle {

  /** One request; -1 where customer or time is not stated. */
  record Ask(
      List<Level> ladder,
      String item,
      long listMinor,
      long costMinor,
      long customer,
      String code,
      String segment,
      long millis) {

    long netMinor(int level) {
      Level at = ladder.get(level);
      if (at instanceof Level.PercentOff percent) {
        return listMinor - Math.floorDiv(listMinor * percent.basisPoints() + 5_000, 10_000);
      }
      return at instanceof Level.AmountOff amount
          ? Math.max(0, listMinor - amount.minorUnits())
          : listMinor;
    }

    boolean ordered() {
      return ladder.size() < 2 || !(ladder.get(1) instanceof Level.Named);
    }

    long seconds() {
      return millis / 1_000;
    }
  }

  abstract boolean closes(Ask ask, int level);

  void chosen(Ask ask, int level) {}

  /** Returns the level that must be chosen if it is open, or -1. */
  int promised(Ask ask) {
    return -1;
  }

  static GuardrailOracle margin(int rateBps, long amountMinor) {
    return stateless(
        (ask, level) -> {
          long margin = ask.netMinor(level) - ask.costMinor();
          return margin < amountMinor || margin * 10_000 < rateBps * ask.netMinor(level);
        });
  }

  static GuardrailOracle depth(int depthBps) {
    return stateless(
        (ask, level) -> {
          Level at = ask.ladder().get(level);
          return at instanceof Level.PercentOff percent
              ? percent.basisPoints() > depthBps
              : (ask.listMinor() - ask.netMinor(level)) * 10_000 > depthBps * ask.listMinor();
        });
  }

  static GuardrailOracle floor(long floorMinor, Map<String, Long> byItem) {
    return stateless(
        (ask, level) -> ask.netMinor(level) < byItem.getOrDefault(ask.item(), floorMinor));
  }

  static GuardrailOracle cost(Set<String> clearedOut) {
    return stateless(
        (ask, level) -> ask.netMinor(level) < ask.costMinor() && !clearedOut.contains(ask.item()));
  }

  static GuardrailOracle endings(List<String> lastTwoDigits) {
    return stateless(
        (ask, level) -> {
          String digits = String.format("%02d", ask.netMinor(level) % 100);
          return ask.netMinor(level) != ask.listMinor() && !lastTwoDigits.contains(digits);
        });
  }

  static GuardrailOracle levels(boolean ofItem, Map<String, Set<Integer>> allowed) {
    return stateless(
        (ask, level) -> {
          Set<Integer> own = allowed.get(ofItem ? ask.item() : ask.segment());
          return own != null && !own.contains(level);
        });
  }

  static GuardrailOracle blackout(List<Blackout.Period> periods) {
    return stateless(
        (ask, level) -> {
          if (ask.millis() < 1_000) {
            return true;
          }
          LocalDateTime now =
              LocalDateTime.ofInstant(Instant.ofEpochMilli(ask.millis()), ZoneOffset.ofHours(2));
          return periods.stream().anyMatch(p -> !now.isBefore(p.from()) && now.isBefore(p.until()));
        });
  }

  static GuardrailOracle lowest(Map<String, List<Change>> prices) {
    return stateless(
        (ask, level) -> {
          long reference =
              ask.millis() < 1_000
                  ? -1
                  : PriceLedgerDifferentialTest.naive(
                      prices.getOrDefault(ask.item(), List.of()), ask.millis(), ZoneOffset.UTC);
          long net = ask.netMinor(level);
          return net < ask.listMinor() && (reference < 0 || net >= reference);
        });
  }

  private interface Rule {
    boolean closes(Ask ask, int level);
  }

  private static GuardrailOracle stateless(Rule rule) {
    return new GuardrailOracle() {
      @Override
      boolean closes(Ask ask, int level) {
        return rule.closes(ask, level);
      }
    };
  }

  static GuardrailOracle usage(long limit, boolean perCode) {
    Map<String, Long> used = new HashMap<>();
    return new GuardrailOracle() {
      @Override
      boolean closes(Ask ask, int level) {
        return (perCode && ask.code().isEmpty()) || used.getOrDefault(key(ask), 0L) >= limit;
      }

      @Override
      void chosen(Ask ask, int level) {
        if (level > 0) {
          used.merge(key(ask), 1L, Long::sum);
        }
      }

      private String key(Ask ask) {
        return perCode ? ask.code() : "";
      }
    };
  }

  static GuardrailOracle cap(int maximum, Duration window, Duration cooldown, Duration slack) {
    Map<Long, List<Long>> grants = new HashMap<>();
    long slice = slack.toSeconds();
    long slices = (window.toSeconds() + slice - 1) / slice + 1;
    return new GuardrailOracle() {
      @Override
      boolean closes(Ask ask, int level) {
        List<Long> own = grants.getOrDefault(ask.customer(), List.of());
        if (ask.customer() < 0 || ask.millis() < 1_000 || own.isEmpty()) {
          return ask.customer() < 0 || ask.millis() < 1_000;
        }
        long last = own.get(own.size() - 1);
        long now = Math.max(ask.seconds(), last);
        long counted = own.stream().filter(t -> now / slice - t / slice < slices).count();
        return counted >= maximum || now - last < cooldown.toSeconds();
      }

      @Override
      void chosen(Ask ask, int level) {
        if (level > 0) {
          List<Long> own = grants.computeIfAbsent(ask.customer(), id -> new ArrayList<>());
          long last = own.isEmpty() ? 0 : own.get(own.size() - 1);
          own.add(Math.max(ask.seconds(), last));
        }
      }
    };
  }

  static GuardrailOracle consistent(Duration window) {
    Map<String, long[]> promises = new HashMap<>();
    return new GuardrailOracle() {
      private boolean known(Ask ask) {
        return ask.customer() >= 0 && ask.millis() >= 1_000;
      }

      @Override
      int promised(Ask ask) {
        long[] promise = promises.get(ask.customer() + "/" + ask.item());
        if (!ask.ordered() || !known(ask) || promise == null) {
          return -1;
        }
        long units = (window.toSeconds() + 7) / 8;
        if (ask.seconds() / 8 - promise[1] / 8 > units) {
          return -1;
        }
        for (int level = 0; level < ask.ladder().size(); level++) {
          if (ask.netMinor(level) <= promise[0]) {
            return level;
          }
        }
        return -1;
      }

      @Override
      boolean closes(Ask ask, int level) {
        if (!ask.ordered()) {
          return false;
        }
        int promised = promised(ask);
        return !known(ask) || (promised >= 0 && level != promised);
      }

      @Override
      void chosen(Ask ask, int level) {
        if (ask.ordered() && known(ask) && promised(ask) != level) {
          promises.put(
              ask.customer() + "/" + ask.item(), new long[] {ask.netMinor(level), ask.seconds()});
        }
      }
    };
  }
}
