package shop.quickstart;

import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.nn.TrainedModel;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.rule.ExpectedProfit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shop.quickstart.report.RunReport.Quality;
import shop.quickstart.report.RunReport.Recommendation;
import shop.quickstart.report.RunReport.Reliability;
import shop.quickstart.report.RunReport.Segment;
import shop.quickstart.report.RunReport.Trial;

/**
 * What the test rows and the policies' decisions show of a model. Immutable.
 *
 * @param quality how well it predicts
 * @param reliability predicted against observed by level
 * @param segments the response of groups of customers
 * @param trial the policies compared, or null without a discount column
 * @param recommendations the best items of a few customers
 * @param decisionMicros the mean time of a decision, or NaN
 * @param notes what a reader has to know
 */
record Findings(
    Quality quality,
    List<Reliability> reliability,
    List<Segment> segments,
    @Nullable Trial trial,
    List<Recommendation> recommendations,
    double decisionMicros,
    List<String> notes) {

  /**
   * Evaluates a model.
   *
   * @param file where the log came from
   * @param lesson the log and its parts
   * @param model the model as it was loaded
   * @param seed the seed of the engine's draws
   * @param console where to tell what happens
   * @throws UserError if the log cannot say what policies are worth
   */
  static Findings of(
      PurchaseLogFile file, Lesson lesson, TrainedModel model, long seed, Console console) {
    Schema schema = lesson.rows().schema();
    LoggedOffers train = LoggedOffers.of(lesson.rows(), lesson.parts().train());
    LoggedOffers test = LoggedOffers.of(lesson.rows(), lesson.parts().test());
    Support support =
        schema.slot(Field.Role.DISCOUNT) == Schema.NONE ? null : Support.of(train, test);
    LoggedOffers judged = support == null ? test : test.atLevels(support);
    Predictions predictions = Predictions.of(model, schema.ladder(), lesson.rows(), judged.rows());
    Evaluation evaluation = new Evaluation(judged, predictions);
    Quality quality = evaluation.quality(train.meanOutcome());
    console.step(
        String.format(
            Locale.ROOT,
            "Test rows: log loss %.4f (mean outcome alone %.4f), AUC %.4f, ECE %.4f",
            quality.logLoss(),
            quality.baseLogLoss(),
            quality.auc(),
            quality.ece()));
    if (support == null) {
      return new Findings(
          quality, evaluation.reliability(), List.of(), null, List.of(), Double.NaN, List.of());
    }
    console.step("Policies decide");
    return withPolicies(
        file.truth(), lesson, model, seed, new Judged(quality, evaluation, support, test));
  }

  /** The test rows that have been evaluated, with what the trial of policies needs of them. */
  private record Judged(
      Quality quality, Evaluation evaluation, Support support, LoggedOffers test) {}

  private static Findings withPolicies(
      @Nullable Truth truth, Lesson lesson, TrainedModel model, long seed, Judged judged) {
    Schema schema = lesson.rows().schema();
    Propensities propensities = Propensities.of(lesson.rows(), judged.test());
    PolicyTrial policies =
        PolicyTrial.of(lesson, model, judged.support(), judged.test(), propensities);
    Trial trial;
    List<String> notes = new ArrayList<>();
    if (truth == null) {
      trial = policies.onLog();
      notes.addAll(Notes.of(trial, propensities));
    } else {
      Truth.HeldOut heldOut = truth.heldOut();
      trial = policies.inTruth(truth, heldOut);
      double trueOnLog = policies.trueProfitOnLogMinor(truth) / unit(schema);
      double visible = heldOut.bestByVisibleMinor(schema.ladder()) / unit(schema);
      notes.addAll(Notes.of(trial, propensities));
      notes.addAll(Notes.ofTruth(trial, trueOnLog, 1000 * visible));
    }
    DecisionEngine engine =
        DecisionEngine.builder(model, schema.ladder())
            .policy(new ExpectedProfit())
            .seed(seed)
            .build();
    Evaluation evaluation = judged.evaluation();
    int[] rows = evaluation.offers().rows();
    return new Findings(
        judged.quality(),
        evaluation.reliability(),
        evaluation.segments(judged.support(), truth == null ? null : truth.ofLog(rows)),
        trial,
        TopItems.of(lesson, judged.support(), engine),
        EngineTiming.meanMicros(engine, lesson.rows(), rows),
        notes);
  }

  private static double unit(Schema schema) {
    return Math.pow(10, schema.minorDigits());
  }
}
