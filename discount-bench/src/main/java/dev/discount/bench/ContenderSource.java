package dev.discount.bench;

import java.util.List;

/**
 * Brings contenders to the scoreboard. Found by {@link java.util.ServiceLoader}, so that the rivals
 * of a profile join by being on the class path.
 */
interface ContenderSource {

  /**
   * Returns contenders, not prepared yet.
   *
   * @param workloads the common models and data
   */
  List<Contender> contenders(Workloads workloads);
}
