package shop.quickstart;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.nn.ResponseNet;
import dev.discount.nn.TrainedModel;
import dev.discount.policy.rule.SimilarityDiscount;
import dev.discount.policy.rule.VectorTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.quickstart.report.RunReport.PolicyKind;

/** Similarity of customers and items by the vectors that a model has learnt for them. */
final class VectorSimilarity {

  private final ResponseNet net;
  private final Rows rows;
  private final int customerSlot;
  private final int itemSlot;

  private VectorSimilarity(ResponseNet net, Rows rows) {
    this.net = net;
    this.rows = rows;
    this.customerSlot = rows.schema().slot(Field.Role.CUSTOMER);
    this.itemSlot = rows.schema().slot(Field.Role.ITEM);
  }

  /**
   * Returns the policy that gives those a deeper discount who are farther from an item, in bands
   * with as many training rows each; null if customers and items have no vectors of one width.
   */
  static @Nullable Candidate candidate(
      TrainedModel model, Rows rows, int[] train, Support support) {
    VectorSimilarity similarity = new VectorSimilarity(model.networks().get(0), rows);
    if (!similarity.comparable()) {
      return null;
    }
    double[] cosines =
        Arrays.stream(train).mapToDouble(similarity::cosine).filter(Double::isFinite).toArray();
    if (cosines.length == 0) {
      return null;
    }
    Bands bands = Bands.ofEqualCount(cosines, support.deepestFirst());
    VectorTable table =
        VectorTable.of(
            similarity.vectors(train, similarity.customerSlot, Field.Role.CUSTOMER),
            similarity.vectors(train, similarity.itemSlot, Field.Role.ITEM));
    return new Candidate(
        "similarity to discount",
        PolicyKind.PERSONAL,
        SimilarityDiscount.of(table, bands.bounds(), bands.levels()));
  }

  private boolean comparable() {
    return embedded(customerSlot)
        && embedded(itemSlot)
        && net.vectorWidth(customerSlot) == net.vectorWidth(itemSlot);
  }

  private boolean embedded(int slot) {
    return slot != Schema.NONE && rows.schema().field(slot).embedded();
  }

  private float[] vector(int row, int slot) {
    float[] vector = new float[net.vectorWidth(slot)];
    net.vectorInto(slot, rows, row, vector);
    return vector;
  }

  private double cosine(int row) {
    float[] customer = vector(row, customerSlot);
    float[] item = vector(row, itemSlot);
    double product = 0;
    double customerSquare = 0;
    double itemSquare = 0;
    for (int i = 0; i < customer.length; i++) {
      product += (double) customer[i] * item[i];
      customerSquare += (double) customer[i] * customer[i];
      itemSquare += (double) item[i] * item[i];
    }
    return product / Math.sqrt(customerSquare * itemSquare);
  }

  private Map<String, float[]> vectors(int[] train, int slot, Field.Role role) {
    Map<String, float[]> vectors = new HashMap<>();
    for (int row : train) {
      String id = Cells.text(rows, row, role);
      if (id != null && !vectors.containsKey(id)) {
        vectors.put(id, vector(row, slot));
      }
    }
    return vectors;
  }
}
