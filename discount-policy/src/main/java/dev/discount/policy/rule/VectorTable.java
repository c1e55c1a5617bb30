package dev.discount.policy.rule;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.embedding.IdIndex;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Similarity from one vector for each customer and each item, all of one width. Immutable and safe
 * for concurrent use. Looks up the customer and the item of the row by the fields of those roles.
 */
public final class VectorTable implements Similarity {

  private final Keyed customers;
  private final Keyed items;

  private VectorTable(Keyed customers, Keyed items) {
    this.customers = customers;
    this.items = items;
  }

  /**
   * Returns a table; the vectors are copied.
   *
   * @param customers vectors by customer id, a decimal number or a text, each of the same length
   * @param items vectors by item id, of that length too
   * @throws IllegalArgumentException if a length differs or an element is not finite
   */
  public static VectorTable of(Map<String, float[]> customers, Map<String, float[]> items) {
    int width = -1;
    for (float[] vector : customers.values()) {
      width = vector.length;
      break;
    }
    return new VectorTable(
        new Keyed("customers", customers, width), new Keyed("items", items, width));
  }

  @Override
  public double cosine(DecisionContext context) {
    double[] customer = customers.find(context, Field.Role.CUSTOMER);
    double[] item = items.find(context, Field.Role.ITEM);
    if (customer == null || item == null) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = 0; i < customer.length; i++) {
      sum += customer[i] * item[i];
    }
    return Math.max(-1, Math.min(1, sum));
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofRoles(Field.Role.CUSTOMER, Field.Role.ITEM);
  }

  /** Unit vectors by id. A vector of zeros has no direction and is left out. */
  private static final class Keyed {
    private final IdIndex index;
    private final double[][] units;

    Keyed(String parameter, Map<String, float[]> vectors, int width) {
      IdIndex.Builder ids = IdIndex.builder();
      List<double[]> found = new ArrayList<>();
      found.add(new double[0]); // the unknown id's place
      for (Map.Entry<String, float[]> entry : vectors.entrySet()) {
        double[] unit = unit(parameter + "[" + entry.getKey() + "]", entry.getValue(), width);
        if (unit != null) {
          ids.add(entry.getKey());
          found.add(unit);
        }
      }
      this.index = ids.build(1);
      this.units = found.toArray(new double[0][]);
    }

    double @Nullable [] find(DecisionContext context, Field.Role role) {
      Rows rows = context.rows();
      int slot = rows.schema().slot(role);
      if (slot == Schema.NONE || rows.isMissing(context.row(), slot)) {
        return null;
      }
      int place =
          rows.isText(context.row(), slot)
              ? index.index(rows.textAt(context.row(), slot))
              : index.index(rows.longAt(context.row(), slot));
      return place == IdIndex.UNKNOWN ? null : units[place];
    }

    private static double @Nullable [] unit(String name, float[] vector, int width) {
      if (vector.length != width) {
        throw new IllegalArgumentException(
            name + " must have length " + width + ", got " + vector.length);
      }
      double square = 0;
      for (int i = 0; i < vector.length; i++) {
        if (!Float.isFinite(vector[i])) {
          throw new IllegalArgumentException(name + "[" + i + "] must be finite, got " + vector[i]);
        }
        square += (double) vector[i] * vector[i];
      }
      if (square == 0) {
        return null;
      }
      double[] unit = new double[width];
      for (int i = 0; i < width; i++) {
        unit[i] = vector[i] / Math.sqrt(square);
      }
      return unit;
    }
  }
}
