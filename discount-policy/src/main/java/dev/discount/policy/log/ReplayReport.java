package dev.discount.policy.log;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How repeated decisions compare with their records. Immutable.
 *
 * @param decisions the decisions that were made again
 * @param different those of which at least one field differs
 * @param erased the records that could not be made again, because their personal fields are erased
 * @param byField how many decisions differ in a field, by the field's name; without those in which
 *     none does
 * @param examples the first differences
 */
public record ReplayReport(
    long decisions,
    long different,
    long erased,
    Map<String, Long> byField,
    List<Difference> examples) {

  /** Copies the collections. */
  public ReplayReport {
    byField = Collections.unmodifiableMap(new TreeMap<>(byField));
    examples = List.copyOf(examples);
  }

  /**
   * One field of one decision that came out otherwise.
   *
   * @param sequence the number of decisions before it in the log
   * @param decisionId the decision's id
   * @param field the field's name
   * @param recorded what the record says
   * @param repeated what came out, {@code null} if nothing could
   */
  public record Difference(
      long sequence, long decisionId, String field, String recorded, @Nullable String repeated) {}
}
