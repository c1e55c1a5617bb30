package dev.discount.nn.onnx;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.nn.NetworkView;
import java.util.ArrayList;
import java.util.List;

/**
 * What the networks of a model read. Immutable.
 *
 * @param indexes the name of the input of each table's indexes
 * @param numbers whether there is a block of numbers
 * @param priced whether depths are an input
 * @param depths the depths of the levels where they are not an input; shape {@code [levels]}
 */
record GraphInputs(List<String> indexes, boolean numbers, boolean priced, float[] depths) {

  /** Adds the inputs of a network to a graph. */
  static GraphInputs declare(OnnxGraph graph, NetworkView view, DiscountLadder ladder) {
    if (view.tables().isEmpty() && view.numberWidth() == 0) {
      throw new IllegalArgumentException(
          "model must read something besides the level, got no fields");
    }
    List<String> indexes = new ArrayList<>();
    for (NetworkView.Table table : view.tables()) {
      indexes.add(graph.indexInput(OnnxExport.index(table.field())));
    }
    boolean numbers = view.numberWidth() > 0;
    if (numbers) {
      graph.floatInput(OnnxExport.NUMBERS, view.numberWidth());
    }
    boolean priced = ladder.size() > 1 && ladder.level(1) instanceof Level.AmountOff;
    if (priced) {
      graph.floatInput(OnnxExport.DEPTHS, ladder.size());
    }
    return new GraphInputs(List.copyOf(indexes), numbers, priced, depths(ladder));
  }

  /** Returns the number of levels. */
  int levels() {
    return depths.length;
  }

  private static float[] depths(DiscountLadder ladder) {
    float[] depths = new float[ladder.size()];
    for (int i = 0; i < depths.length; i++) {
      if (ladder.level(i) instanceof Level.PercentOff percent) {
        depths[i] = percent.basisPoints() / (float) Level.WHOLE_BPS;
      }
    }
    return depths;
  }
}
