package dev.discount.nn;

import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.io.FloatSource;
import dev.discount.nn.layer.Dense;
import dev.discount.nn.layer.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained network taken apart for one ladder: what another format, or a second implementation,
 * has to know to give the same scores. Immutable and thread-safe.
 *
 * <p>The columns of the first layer's input, in this order: one row of each table; the arm's vector
 * if levels are {@link Arms}; the block of numbers; the standardised depth if levels are {@link
 * Depth}. Every layer is {@code x * weights + bias}, every one but the last followed by the
 * activation. The logit is the last layer's output, or where levels are {@link Ramps} {@code y[0] +
 * sum over k of softplus(y[k]) * ramp_k(depth)}; its sigmoid is the probability.
 *
 * @param tables the embeddings of fields, in schema order
 * @param numberWidth the columns of the block of numbers, 0 or more
 * @param layers the dense layers, at least one
 * @param activation the function after each layer but the last
 * @param levels how the level enters
 */
public record NetworkView(
    List<Table> tables,
    int numberWidth,
    List<Layer> layers,
    ResponseNetConfig.Activation activation,
    Levels levels) {

  /** Copies the lists. */
  public NetworkView {
    tables = List.copyOf(tables);
    layers = List.copyOf(layers);
  }

  /**
   * The embedding of one field.
   *
   * @param slot the field's slot in the model's schema
   * @param field the field's name
   * @param rows the number of rows, that of unknown ids, row 0, included
   * @param width the floats of a row
   * @param values copies floats, counted row-major over shape {@code [rows, width]}
   */
  public record Table(int slot, String field, long rows, int width, FloatSource values) {}

  /** One dense layer. */
  public static final class Layer {
    private final Dense dense;

    private Layer(Dense dense) {
      this.dense = dense;
    }

    /** Returns the number of inputs. */
    public int inputs() {
      return dense.inputs();
    }

    /** Returns the number of outputs. */
    public int outputs() {
      return dense.outputs();
    }

    /** Returns a copy of the weights, row-major; shape {@code [inputs, outputs]}. */
    public float[] weights() {
      Matrix matrix = dense.weights();
      float[] copy = new float[Math.multiplyExact(inputs(), outputs())];
      for (int i = 0; i < inputs(); i++) {
        System.arraycopy(matrix.values(), matrix.offset(i), copy, i * outputs(), outputs());
      }
      return copy;
    }

    /** Returns a copy of the bias; shape {@code [outputs]}. */
    public float[] bias() {
      float[] copy = new float[outputs()];
      System.arraycopy(dense.bias(), 0, copy, 0, copy.length);
      return copy;
    }
  }

  /** How the level enters. */
  public sealed interface Levels permits NoLevels, Ramps, Depth, Arms {}

  /** It does not: one probability a row, the same at every level. */
  public record NoLevels() implements Levels {}

  /**
   * By a curve over the depth, the share of the list price taken off: {@code ramp_k(depth) =
   * clamp((depth - knots[k-1]) / (knots[k] - knots[k-1]), 0, 1)} for {@code k >= 1}.
   */
  public static final class Ramps implements Levels {
    private final float[] knots;

    private Ramps(float[] knots) {
      this.knots = knots;
    }

    /** Returns a copy of the knots, rising; shape {@code [outputs of the last layer]}. */
    public float[] knots() {
      return knots.clone();
    }
  }

  /**
   * As one number, {@code (depth - mean) * scale}.
   *
   * @param mean what is taken off
   * @param scale what the difference is multiplied by
   */
  public record Depth(float mean, float scale) implements Levels {}

  /** As a vector of the arm. */
  public static final class Arms implements Levels {
    private final EmbeddingTable table;
    private final int[] arms;

    private Arms(EmbeddingTable table, int[] arms) {
      this.table = table;
      this.arms = arms;
    }

    /** Returns the floats of a vector. */
    public int width() {
      return table.width();
    }

    /**
     * Returns a copy of an arm's vector; shape {@code [width()]}.
     *
     * @param level the arm's place in the ladder
     */
    public float[] vector(int level) {
      float[] copy = new float[width()];
      table.rowInto(arms[level], 0, copy);
      return copy;
    }
  }

  /** Takes a network apart for a ladder that was checked against it. */
  static NetworkView of(ResponseNet net, int[] arms) {
    Network network = net.network();
    FeatureEncoder encoder = net.encoder();
    List<Table> tables = new ArrayList<>();
    for (int f = 0; f < network.layout().fields(); f++) {
      EmbeddingTable table = network.weights().tables()[f];
      int slot = encoder.embeddedSlot(f);
      String name = net.schema().field(slot).name();
      tables.add(new Table(slot, name, table.rows(), table.width(), table::floatsInto));
    }
    List<Layer> layers = new ArrayList<>();
    for (Dense dense : network.weights().layers()) {
      layers.add(new Layer(dense));
    }
    return new NetworkView(
        tables,
        network.layout().numberWidth(),
        layers,
        net.config().network().activation(),
        levels(network, arms));
  }

  private static Levels levels(Network network, int[] arms) {
    LevelInput level = network.level();
    return switch (level.kind()) {
      case NONE -> new NoLevels();
      case RAMPS -> new Ramps(((MonotoneHead) network.head()).knots());
      case DEPTH -> new Depth(level.depthMean(), level.depthScale());
      case ARM -> new Arms(network.weights().tables()[network.layout().fields()], arms.clone());
    };
  }
}
