package shop.quickstart;

import dev.discount.core.Level;
import dev.discount.core.data.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** Levels as a reader knows them: amounts in major units, everything else by its own label. */
final class LevelLabels {

  private LevelLabels() {}

  /** Returns the label of one level. */
  static String of(Schema schema, int level) {
    Level named = schema.ladder().level(level);
    if (named instanceof Level.AmountOff amount) {
      BigDecimal major = BigDecimal.valueOf(amount.minorUnits(), schema.minorDigits());
      return "-" + major.stripTrailingZeros().toPlainString();
    }
    return named.label();
  }

  /** Returns the labels of all levels, in order. */
  static List<String> of(Schema schema) {
    return IntStream.range(0, schema.ladder().size()).mapToObj(l -> of(schema, l)).toList();
  }
}
