package dev.discount.policy.log;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRepeater;
import dev.discount.policy.DecisionSetup;
import dev.discount.policy.DecisionTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes the decisions of a log again and compares them bit for bit: curve, values, chances, open
 * levels, choice, propensity. Confined to one thread.
 *
 * <p>The curve and the values are computed from the model and the recorded request; of what
 * guardrails keep, the recorded state is used. The engine must be built as it was: of the same
 * model files, that for requests which opt out of personal data among them, ladder, policy,
 * valuation, guardrails and seed; where their versions differ from the record's, that is a
 * difference too.
 */
public final class Replay {

  private static final int BATCH = 256;
  private static final int EXAMPLES = 100;

  private final Function<DecisionSetup, DecisionEngine> engines;
  private final IdentityHashMap<DecisionEngine, Lanes> lanes = new IdentityHashMap<>();

  /* By reference, since a segment's records share the setups it names. */
  private final IdentityHashMap<DecisionSetup, Lane> laneOf = new IdentityHashMap<>();

  /** The lanes that have rows in the batch. */
  private final List<Lane> busy = new ArrayList<>();

  private final List<Batch> batch = new ArrayList<>(BATCH);
  private final Map<String, Long> byField = new TreeMap<>();
  private final List<ReplayReport.Difference> examples = new ArrayList<>();
  private int size;
  private long decisions;
  private long different;
  private long erased;
  private boolean differs;

  /** What repeats the decisions of one model, and the setups last found to be its own. */
  private static final class Lane {
    private final DecisionRepeater repeater;
    private DecisionSetup matched;
    private DecisionSetup fitting;

    Lane(DecisionRepeater repeater) {
      this.repeater = repeater;
      this.matched = repeater.setup();
      this.fitting = matched;
    }

    DecisionSetup setup() {
      return repeater.setup();
    }
  }

  /**
   * What repeats one engine's decisions, and those whose request opted out: the same if nothing
   * else does.
   */
  private record Lanes(Lane main, Lane optedOut) {

    static Lanes of(DecisionEngine engine) {
      DecisionRepeater repeater = engine.newRepeater();
      DecisionRepeater other = repeater.optedOut();
      Lane main = new Lane(repeater);
      return new Lanes(main, other == null ? main : new Lane(other));
    }

    /** Returns the lane of a setup: by its model, or the main one if none has it. */
    Lane of(DecisionSetup setup) {
      boolean refused =
          setup.modelVersion().equals(optedOut.setup().modelVersion())
              && setup.schema().equals(optedOut.setup().schema())
              && !setup.equals(main.setup());
      return refused ? optedOut : main;
    }
  }

  /** What is kept of a record until its batch is scored. */
  private static final class Batch {
    private Lane lane;
    private int row;
    private DecisionSetup setup;
    private long sequence;
    private long decisionId;
    private long timeMillis;
    private int place;
    private String itemId = "";
    private long listPriceMinor;
    private long unitCostMinor;
    private long allowedLevels;
    private String campaign = "";
    private long stopped;
    private int mark;
    private int levelIndex;
    private double propensity;
    private int curveDigest;
    private int valueDigest;
    private int chanceDigest;
    private int stateLongs;
    private long[] state = {};
    private final byte[] closedBy = new byte[DiscountLadder.MAX_LEVELS];

    Batch(DecisionSetup setup, Lane lane) {
      this.setup = setup;
      this.lane = lane;
    }

    void take(DecisionRecord record) {
      setup = record.setup();
      sequence = record.sequence();
      decisionId = record.decisionId();
      timeMillis = record.timeMillis();
      place = record.place();
      itemId = record.itemId();
      listPriceMinor = record.listPriceMinor();
      unitCostMinor = record.unitCostMinor();
      allowedLevels = record.allowedLevels();
      campaign = record.campaign();
      stopped = record.stopped();
      mark = record.mark();
      levelIndex = record.levelIndex();
      propensity = record.propensity();
      curveDigest = record.curveDigest();
      valueDigest = record.valueDigest();
      chanceDigest = record.chanceDigest();
      stateLongs = record.stateLongs();
      if (state.length < stateLongs) {
        state = new long[stateLongs];
      }
      System.arraycopy(record.liveState(), 0, state, 0, stateLongs);
      for (int level = 0; level < setup.ladder().size(); level++) {
        closedBy[level] = (byte) record.closedBy(level);
      }
    }
  }

  /**
   * Makes a replay of a log with one setup.
   *
   * @param engine an engine built as the one that decided
   */
  public Replay(DecisionEngine engine) {
    this(setup -> engine);
  }

  /**
   * Makes a replay of a log over which models or policies were swapped.
   *
   * @param engines returns an engine built as the one that decided under a setup, such as one with
   *     the setup's shadow price; asked again for a setup in every segment, and its engines are
   *     kept
   */
  public Replay(Function<DecisionSetup, DecisionEngine> engines) {
    this.engines = engines;
  }

  /**
   * Makes all decisions that a reader still has again.
   *
   * @param reader a reader with the customers' keys
   * @return the differences, of all calls together
   * @throws LogFormatException if the log was altered
   */
  public ReplayReport run(DecisionLogReader reader) {
    clear();
    while (reader.next()) {
      add(reader.record());
    }
    repeatBatch();
    return report();
  }

  private void add(DecisionRecord record) {
    if (record.personalErased()) {
      erased++;
      return;
    }
    Lane lane = lane(record.setup());
    if (size == batch.size()) {
      batch.add(new Batch(record.setup(), lane));
    }
    Batch item = batch.get(size);
    item.take(record);
    item.lane = lane;
    if (!canRepeat(item)) {
      decisions++;
      different++;
      return;
    }
    item.row = item.lane.repeater.rows().size();
    if (item.row == 0) {
      busy.add(item.lane);
    }
    record.addRow(item.lane.repeater.rows());
    size++;
    if (size == BATCH) {
      repeatBatch();
    }
  }

  private Lane lane(DecisionSetup setup) {
    Lane known = laneOf.get(setup);
    if (known == null) {
      known = lanes.computeIfAbsent(engines.apply(setup), Lanes::of).of(setup);
      laneOf.put(setup, known);
    }
    return known;
  }

  /** Returns whether the record fits the engine at all; if not, that is the difference. */
  private boolean canRepeat(Batch item) {
    DecisionSetup setup = item.setup;
    DecisionSetup ours = item.lane.setup();
    int stateLongs = item.lane.repeater.stateLongs();
    if (fits(setup, item.lane) && item.stateLongs == stateLongs && pricesFit(item)) {
      return true;
    }
    if (!setup.schema().equals(ours.schema())) {
      differ(item, "schema", setup.schema(), ours.schema());
    }
    if (!setup.ladder().equals(ours.ladder())) {
      differ(item, "ladder", setup.ladder(), ours.ladder());
    }
    if (item.stateLongs != stateLongs) {
      differ(item, "stateLongs", item.stateLongs, stateLongs);
    }
    if (!pricesFit(item)) {
      differ(item, "offer", item.listPriceMinor + ", " + item.unitCostMinor, "no such offer");
    }
    return false;
  }

  /** Returns whether a setup's rows and levels are the engine's; compared once a setup. */
  @SuppressWarnings("ReferenceEquality") // the quick way out of a comparison by value
  private static boolean fits(DecisionSetup setup, Lane lane) {
    if (setup != lane.fitting) {
      DecisionSetup ours = lane.setup();
      if (!setup.schema().equals(ours.schema()) || !setup.ladder().equals(ours.ladder())) {
        return false;
      }
      lane.fitting = setup;
    }
    return true;
  }

  private static boolean pricesFit(Batch item) {
    return item.unitCostMinor <= item.listPriceMinor && !item.itemId.isBlank();
  }

  private void repeatBatch() {
    busy.forEach(lane -> lane.repeater.score());
    for (int i = 0; i < size; i++) {
      Batch item = batch.get(i);
      DecisionRepeater repeater = item.lane.repeater;
      repeater.offer(item.itemId, item.listPriceMinor, item.unitCostMinor);
      repeater.decision(item.decisionId, item.timeMillis, item.campaign);
      repeater.stopped(item.stopped, item.mark);
      repeater.state(item.state);
      differs = false;
      compareSetup(item);
      DecisionTrace trace = repeater.repeat(item.row, item.allowedLevels, item.place);
      compare(item, trace);
      decisions++;
      different += differs ? 1 : 0;
    }
    clear();
  }

  private void clear() {
    size = 0;
    busy.forEach(lane -> lane.repeater.rows().clear());
    busy.clear();
  }

  @SuppressWarnings("ReferenceEquality") // the quick way out of a comparison by value
  private void compareSetup(Batch item) {
    DecisionSetup setup = item.setup;
    DecisionSetup ours = item.lane.setup();
    if (setup == item.lane.matched || setup.equals(ours)) {
      item.lane.matched = setup;
      return;
    }
    check(item, "modelVersion", setup.modelVersion(), ours.modelVersion());
    check(item, "policyVersion", setup.policyVersion(), ours.policyVersion());
    check(item, "valuationVersion", setup.valuationVersion(), ours.valuationVersion());
    check(item, "guardrails", setup.guardrailVersions(), ours.guardrailVersions());
    check(item, "seed", setup.seed(), ours.seed());
  }

  private void compare(Batch item, DecisionTrace trace) {
    DecisionContext context = trace.context();
    int levels = item.lane.setup().ladder().size();
    long curve = 0;
    long values = 0;
    long chances = 0;
    boolean sameClosed = true;
    for (int level = 0; level < levels; level++) {
      curve = Digest32.add(curve, context.purchaseProbability(level));
      values = Digest32.add(values, context.value(level));
      chances = Digest32.add(chances, trace.chance(level));
      sameClosed &= item.closedBy[level] == trace.closedBy(level);
    }
    checkDigest(item, "curve", item.curveDigest, Digest32.end(curve));
    checkDigest(item, "values", item.valueDigest, Digest32.end(values));
    checkDigest(item, "chances", item.chanceDigest, Digest32.end(chances));
    if (!sameClosed) {
      byte[] repeated = new byte[levels];
      for (int level = 0; level < levels; level++) {
        repeated[level] = (byte) trace.closedBy(level);
      }
      String recorded = Arrays.toString(Arrays.copyOf(item.closedBy, levels));
      differ(item, "closedBy", recorded, Arrays.toString(repeated));
    }
    if (item.levelIndex != trace.levelIndex()) {
      differ(item, "level", item.levelIndex, trace.levelIndex());
    }
    double propensity = trace.chance(trace.levelIndex());
    if (Double.doubleToRawLongBits(item.propensity) != Double.doubleToRawLongBits(propensity)) {
      differ(item, "propensity", item.propensity, propensity);
    }
  }

  private void checkDigest(Batch item, String field, int recorded, int repeated) {
    if (recorded != repeated) {
      differ(item, field, Integer.toHexString(recorded), Integer.toHexString(repeated));
    }
  }

  private void check(Batch item, String field, Object recorded, Object repeated) {
    if (!Objects.equals(recorded, repeated)) {
      differ(item, field, recorded, repeated);
    }
  }

  private void differ(Batch item, String field, Object recorded, Object repeated) {
    differs = true;
    byField.merge(field, 1L, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(
          new ReplayReport.Difference(
              item.sequence,
              item.decisionId,
              field,
              String.valueOf(recorded),
              String.valueOf(repeated)));
    }
  }

  private ReplayReport report() {
    return new ReplayReport(decisions, different, erased, byField, examples);
  }
}
