package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Stops discounts at once: of a level, of all that a model gives, or of a campaign. Thread-safe;
 * one can serve several engines.
 *
 * <p>It is read once in every decision, by engines and by sessions that hosts hold, without any
 * copy of it in between: a decision that begins after a method here has returned sees its effect. A
 * stopped level is closed, a stopped model or campaign closes all levels but level 0, and the
 * decision says so with one of the codes below. Nothing is swapped and nothing else changes, so
 * resuming is as fast.
 */
public final class KillSwitch {

  /** The code of a level that is stopped. */
  public static final String LEVEL_CODE = "stopped-level";

  /** The code of levels that are closed because the model is stopped. */
  public static final String MODEL_CODE = "stopped-model";

  /** The code of levels that are closed because the campaign is stopped. */
  public static final String CAMPAIGN_CODE = "stopped-campaign";

  /** What is stopped at one moment; the sets are never changed. */
  record Stops(long levels, Set<String> models, Set<String> campaigns) {}

  private static final Stops NOTHING = new Stops(0, Set.of(), Set.of());

  private final AtomicReference<Stops> stops = new AtomicReference<>(NOTHING);

  /** Makes a switch that stops nothing. */
  public KillSwitch() {}

  /** Returns what is stopped now. */
  Stops stops() {
    return stops.get();
  }

  static boolean nothing(Stops now) {
    return now.levels == 0 && now.models.isEmpty() && now.campaigns.isEmpty();
  }

  /**
   * Stops a level.
   *
   * @param level its place in the ladder, in [1, 64)
   */
  public void stopLevel(int level) {
    long bit = bit(level);
    change(now -> new Stops(now.levels | bit, now.models, now.campaigns));
  }

  /**
   * Lets a level be chosen again.
   *
   * @param level its place in the ladder, in [1, 64)
   */
  public void resumeLevel(int level) {
    long bit = bit(level);
    change(now -> new Stops(now.levels & ~bit, now.models, now.campaigns));
  }

  /**
   * Stops every discount that a model gives.
   *
   * @param version the model's version
   */
  public void stopModel(String version) {
    change(now -> new Stops(now.levels, with(now.models, version), now.campaigns));
  }

  /** Lets a model give discounts again. */
  public void resumeModel(String version) {
    change(now -> new Stops(now.levels, without(now.models, version), now.campaigns));
  }

  /**
   * Stops every discount of a campaign.
   *
   * @param campaign its name, as requests state it
   */
  public void stopCampaign(String campaign) {
    change(now -> new Stops(now.levels, now.models, with(now.campaigns, campaign)));
  }

  /** Lets a campaign give discounts again. */
  public void resumeCampaign(String campaign) {
    change(now -> new Stops(now.levels, now.models, without(now.campaigns, campaign)));
  }

  /** Lets everything go on. */
  public void resumeAll() {
    stops.set(NOTHING);
  }

  /** Returns the stopped levels, one bit each, level 0 the lowest and never set. */
  public long stoppedLevels() {
    return stops().levels;
  }

  /** Returns the versions of the stopped models. */
  public Set<String> stoppedModels() {
    return stops().models;
  }

  /** Returns the names of the stopped campaigns. */
  public Set<String> stoppedCampaigns() {
    return stops().campaigns;
  }

  private void change(UnaryOperator<Stops> step) {
    stops.updateAndGet(step);
  }

  private static long bit(int level) {
    if (level < 1 || level >= DiscountLadder.MAX_LEVELS) {
      throw new IllegalArgumentException("level must be in [1, 64), got " + level);
    }
    return 1L << level;
  }

  private static Set<String> with(Set<String> names, String name) {
    Set<String> more = new HashSet<>(names);
    more.add(name);
    return Set.copyOf(more);
  }

  private static Set<String> without(Set<String> names, String name) {
    Set<String> fewer = new HashSet<>(names);
    fewer.remove(name);
    return Set.copyOf(fewer);
  }
}
