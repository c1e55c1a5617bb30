/**
 * How fast, against whom, against which limit: the scoreboard, its guard and the JMH classes.
 *
 * <p>A figure is added to the scoreboard by one class: it states a {@link
 * dev.discount.bench.Figure}, that is a name, a unit, the limit that the machine sets and what has
 * to be reached, and returns a {@link dev.discount.bench.Contender} for it from a method of the
 * form of {@link dev.discount.bench.ContenderSource}, which {@link dev.discount.bench.Scoreboard}
 * lists:
 *
 * <pre>{@code
 * final class Appends {
 *   static final Figure APPEND =
 *       new Figure("log.append", Unit.MICROS, 1, Limit.NONE, Must.of(1).p99(3).bytes(0));
 *
 *   static List<Contender> contenders(Workloads workloads) {
 *     return List.of(new LatencyContender(APPEND, () -> appending(workloads.folder())));
 *   }
 *
 *   private static IntConsumer appending(Path folder) {
 *     Log log = open(folder); // called once, untimed
 *     return i -> log.append(i); // timed, call by call
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.discount.bench.LatencyContender} times each call and counts its bytes, {@link
 * dev.discount.bench.RateContender} takes work that is the same in every call, {@link
 * dev.discount.bench.PairContender} runs that on two threads; what fits none of them implements
 * {@link dev.discount.bench.Contender}. A rival joins with the same figure, another name of its
 * party, and a note of what is unfair.
 */
@NullMarked
package dev.discount.bench;

import org.jspecify.annotations.NullMarked;
