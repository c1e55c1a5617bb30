package shop.quickstart;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.data.SchemaJson;
import dev.discount.nn.TrainedModel;
import dev.discount.policy.Guardrail;
import dev.discount.policy.PolicySweep;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.ope.Estimate;
import dev.discount.policy.sim.Shop;
import dev.discount.policy.sim.ShopConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import shop.quickstart.report.RunReport.PolicyKind;

/**
 * What guardrails cost: the profit of each policy with its interval against the best flat level,
 * with and without guardrails, on a log or on the simulator. Stateless.
 *
 * <p>Without a log the profit is the truth of the simulator over later visits; with one it is an
 * estimate by inverse propensity on the rows that were kept for testing. The best flat level is the
 * best of its own column, chosen in hindsight, so guarded policies are held against a guarded flat.
 */
public final class GuardedValue {

  private static final ShopConfig SHOP = ShopConfig.ofDefaults().withLogRows(600_000);
  private static final double PER = 1_000;

  /** The smallest margin, and the largest discount where levels have no depth of their own. */
  private static final int SHARE_BPS = 1_000;

  private final Lesson lesson;
  private final Support support;
  private final Population population;
  private final PrintStream out;

  /** Who is decided for, and what they buy. */
  private record Population(Rows rows, int[] selection, Demand demand) {}

  private GuardedValue(Lesson lesson, Support support, Population population, PrintStream out) {
    this.lesson = lesson;
    this.support = support;
    this.population = population;
    this.out = out;
  }

  /**
   * Prints the table.
   *
   * @param arguments options of the form {@code name=value}, see {@link LaunchOptions}
   */
  public static void main(String[] arguments) throws IOException {
    run(LaunchOptions.parse(arguments), SHOP, System.out);
  }

  static void run(LaunchOptions options, ShopConfig shop, PrintStream out) throws IOException {
    Console console = new Console(out, false);
    Path data = options.data();
    Path schemaFile = options.schema();
    if (data == null || schemaFile == null) {
      simulated(options, shop, console, out);
      return;
    }
    Schema schema = SchemaJson.read(schemaFile);
    Lesson lesson = Lesson.learn(CsvRows.read(data, schema), options, console);
    Support support = support(lesson);
    LoggedOffers test = LoggedOffers.of(lesson.rows(), lesson.parts().test()).atLevels(support);
    Propensities propensities = Propensities.of(lesson.rows(), test);
    Demand demand = new LoggedDemand(lesson.rows(), test, propensities);
    Population rows = new Population(lesson.rows(), test.rows(), demand);
    String kind = propensities.stated() ? "stated propensities" : "levels taken as drawn at random";
    new GuardedValue(lesson, support, rows, out).print(data.getFileName() + ", " + kind);
    LoggedOffers train = LoggedOffers.of(lesson.rows(), lesson.parts().train());
    printOverlap(Overlap.share(lesson.rows(), train, test), out);
  }

  private static void printOverlap(double share, PrintStream out) {
    if (share < Overlap.LEAST_SHARE) {
      out.printf(
          Locale.ROOT,
          "  only %.1f %% of the decisions are on items that the log shows at more than one"
              + " level:%n  the figures compare items as much as discounts, and are no evidence for"
              + " either%n",
          100 * share);
    }
  }

  /** Learns from the log and with the recipe of the quickstart's own shop. */
  private static void simulated(
      LaunchOptions options, ShopConfig shop, Console console, PrintStream out) throws IOException {
    try (OutputFolder results = new OutputFolder(options.out())) {
      PurchaseLogFile file = PurchaseLogFile.write(Shop.of(shop, options.seed()), results);
      Rows rows = CsvRows.read(file.data(), SchemaJson.read(file.schema()));
      Lesson lesson = Lesson.learn(rows, options, console);
      Truth.HeldOut heldOut = Objects.requireNonNull(file.truth()).heldOut();
      Population everyone = new Population(heldOut.rows(), heldOut.all(), heldOut.demand());
      new GuardedValue(lesson, support(lesson), everyone, out).print("simulator, true profit");
    }
  }

  private static Support support(Lesson lesson) {
    return Support.of(
        LoggedOffers.of(lesson.rows(), lesson.parts().train()),
        LoggedOffers.of(lesson.rows(), lesson.parts().test()));
  }

  private void print(String title) {
    DiscountLadder ladder = lesson.rows().schema().ladder();
    TrainedModel model = lesson.model();
    Predictions train = Predictions.of(model, ladder, lesson.rows(), lesson.parts().train());
    List<Candidate> candidates = Candidate.of(lesson.rows().schema(), support, train);
    int people = population.selection().length;
    out.printf(Locale.ROOT, "%n%s, %,d decisions, profit per 1 000%n", title, people);
    column(candidates, List.of(), "without guardrails");
    int cap = Math.max(SHARE_BPS, middleBps(ladder));
    column(
        candidates,
        List.of(MinimumMargin.ofRateBps(SHARE_BPS), new LargestDiscount(cap)),
        "with margin >= 10 % and discount <= " + cap / 100.0 + " %");
  }

  /** Returns the depth of the middle supported level, so that a choice is left; 0 if not known. */
  private int middleBps(DiscountLadder ladder) {
    long price = lesson.rows().schema().constantPriceMinor();
    int[] levels = support.levels().toArray();
    if (price <= 0 || levels.length < 2) {
      return 0;
    }
    return (int) Math.ceil(10_000 * ladder.level(levels[levels.length / 2]).depth(price));
  }

  private void column(List<Candidate> candidates, List<Guardrail> guardrails, String title) {
    Earnings[] earnings = new Earnings[candidates.size()];
    int best = -1;
    for (int c = 0; c < earnings.length; c++) {
      earnings[c] = earnings(candidates.get(c), guardrails);
      boolean flat = candidates.get(c).kind() == PolicyKind.FLAT;
      if (flat && (best < 0 || mean(earnings[c]) > mean(earnings[best]))) {
        best = c;
      }
    }
    out.println("  " + title + ", best flat level: " + candidates.get(best).name());
    double unit = Math.pow(10, lesson.rows().schema().minorDigits()) / PER;
    int[] all = IntStream.range(0, population.selection().length).toArray();
    for (int c = 0; c < earnings.length; c++) {
      if (candidates.get(c).kind() != PolicyKind.FLAT || c == best) {
        Estimate gain = earnings[c].gainOver(earnings[best], all);
        out.printf(
            Locale.ROOT,
            "    %-34s %12.2f   against flat %+10.2f [%+.2f, %+.2f]%n",
            candidates.get(c).name(),
            mean(earnings[c]) / unit,
            gain.value() / unit,
            gain.low95() / unit,
            gain.high95() / unit);
      }
    }
  }

  private static double mean(Earnings earnings) {
    return earnings.profit().value();
  }

  private Earnings earnings(Candidate candidate, List<Guardrail> guardrails) {
    DiscountLadder ladder = lesson.rows().schema().ladder();
    double[] chances = new double[population.selection().length * ladder.size()];
    PolicySweep.of(lesson.model(), ladder, candidate.policy(), guardrails)
        .withLevels(support.mask())
        .distributeInto(population.rows(), population.selection(), chances);
    return Earnings.of(population.demand(), ladder, chances);
  }
}
