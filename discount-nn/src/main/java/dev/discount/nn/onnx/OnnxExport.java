package dev.discount.nn.onnx;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.internal.file.AtomicFile;
import dev.discount.nn.NetworkView;
import dev.discount.nn.ResponseNet;
import dev.discount.nn.TrainedModel;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes response models as ONNX files, for runtimes that are not this library. Stateless and safe
 * for concurrent use.
 *
 * <p>The file answers one ladder. It is of opset 13 and IR version 7, uses operators of the default
 * domain only, and is below 2 GiB, the limit of its format. Inputs, of one row or more:
 *
 * <ul>
 *   <li>{@code index.<field>} for each id and category, int64, shape {@code [rows]}: the index that
 *       the model's vocabulary gives, 0 for unknown
 *   <li>{@value #NUMBERS}, float, shape {@code [rows, width]}: the block of standardised numbers;
 *       absent if the model has none
 *   <li>{@value #DEPTHS}, float, shape {@code [rows, levels]}: the share of the list price that
 *       each level takes off, in [0, 1]; absent unless levels are amounts, which depend on the
 *       price of the row
 * </ul>
 *
 * <p>The one output is {@value #PROBABILITIES}, float, shape {@code [rows, levels]}.
 *
 * <p>Not included is the encoder: vocabularies, means and scales stand in the file that {@link
 * TrainedModel#save} writes, and {@link dev.discount.core.data.FeatureEncoder} computes the inputs.
 * Another runtime adds up in another order, so its probabilities are near ours but of other bits;
 * decisions that are to be replayed need this library. Equal models, ladders and forms give equal
 * bytes.
 */
public final class OnnxExport {

  /** What the first layer does with an id or category. */
  public enum Form {
    /** Looks its embedding up and multiplies it: the smaller file. */
    PLAIN,
    /**
     * Looks the product of embedding and weights up: as many floats for each id as the first layer
     * has outputs, and less to compute. A model without hidden layers stays {@link #PLAIN}.
     */
    FOLDED
  }

  /** The name of the input of standardised numbers. */
  public static final String NUMBERS = "numbers";

  /** The name of the input of depths. */
  public static final String DEPTHS = "depths";

  /** The name of the output. */
  public static final String PROBABILITIES = "probabilities";

  private static final long MAX_BYTES = Integer.MAX_VALUE;
  private static final int BUFFER_BYTES = 1 << 16;

  private OnnxExport() {}

  /**
   * Returns the name of the input of a field's indexes.
   *
   * @param field the name of a field that is an id or a category
   */
  public static String index(String field) {
    return "index." + field;
  }

  /**
   * Writes a model.
   *
   * @param model the model
   * @param ladder the levels that the file answers
   * @param form what the first layer does
   * @param path the file, replaced as a whole if it exists
   * @throws IllegalArgumentException if the model cannot answer the ladder, reads nothing but the
   *     level, or takes 2 GiB or more
   * @throws java.io.UncheckedIOException if the file cannot be written; an old one then stands
   */
  public static void write(TrainedModel model, DiscountLadder ladder, Form form, Path path) {
    ProtobufMessage message = message(model, ladder, form);
    if (message.size() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "model must take less than 2 GiB as ONNX, got " + message.size() + " bytes");
    }
    AtomicFile.write(
        path,
        channel -> {
          OutputStream out =
              new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
          message.writeTo(out);
          out.flush();
          return message.size();
        });
  }

  private static ProtobufMessage message(TrainedModel model, DiscountLadder ladder, Form form) {
    List<NetworkView> views = new ArrayList<>();
    for (ResponseNet net : model.networks()) {
      views.add(net.view(ladder));
    }
    OnnxGraph graph = new OnnxGraph();
    GraphInputs inputs = GraphInputs.declare(graph, views.get(0), ladder);
    List<String> members = new ArrayList<>();
    for (int n = 0; n < views.size(); n++) {
      members.add(new NetworkGraph(graph, inputs, views.get(n), "network." + n).draw(form));
    }
    graph.named(PROBABILITIES, mean(graph, members));
    graph.floatOutput(PROBABILITIES, ladder.size());
    graph.metadata("discount.model", model.version());
    graph.metadata(
        "discount.ladder",
        ladder.levels().stream().map(Level::label).collect(Collectors.joining("\n")));
    return graph.model("response", model.provenance().libraryVersion());
  }

  private static String mean(OnnxGraph graph, List<String> members) {
    String sum = members.get(0);
    for (int n = 1; n < members.size(); n++) {
      sum = graph.node("Add", sum, members.get(n));
    }
    return members.size() == 1
        ? sum
        : graph.node("Div", sum, graph.floats("networks", new float[] {members.size()}));
  }
}
