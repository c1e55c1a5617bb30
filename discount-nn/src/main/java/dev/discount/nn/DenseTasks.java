package dev.discount.nn;

import dev.discount.nn.layer.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * The weight rows of all dense layers in pieces of about equal work, layer after layer. Immutable.
 */
final class DenseTasks {

  /** Weights of a piece: rows of 128 by sixteen, whose inputs fill a cache line. */
  private static final int WEIGHTS = 2048;

  /** Pieces hold a multiple of so many rows, as the products compute them. */
  private static final int ROWS = 4;

  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(int layer, int from, int to) {}

  /** Cuts the layers of a network into pieces. */
  DenseTasks(NetLayout layout) {
    for (int l = 0; l < layout.layers().length; l++) {
      int inputs = layout.inputsOf(l);
      int rows = Math.max(1, WEIGHTS / layout.strideOf(l) / ROWS) * ROWS;
      for (int from = 0; from < inputs; from += rows) {
        pieces.add(new Piece(l, from, Math.min(inputs, from + rows)));
      }
    }
  }

  /** Returns the number of pieces. */
  int size() {
    return pieces.size();
  }

  /**
   * Does some work on a range of pieces: once for each layer that has some of them.
   *
   * @param range the pieces
   */
  void forEachLayer(Range range, WorkShares.Work work) {
    int i = range.from();
    while (i < range.to()) {
      Piece first = pieces.get(i);
      Piece last = first;
      while (++i < range.to() && pieces.get(i).layer() == first.layer()) {
        last = pieces.get(i);
      }
      work.run(first.layer(), new Range(first.from(), last.to()));
    }
  }
}
