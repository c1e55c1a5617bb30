package dev.discount.bench;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.discount.core.DiscountLadder;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.io.ModelFile;
import dev.discount.nn.NetworkView;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.onnx.OnnxExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model of ours, exported and loaded into ONNX Runtime on one thread with all of its
 * optimisations. Thread-safe.
 *
 * @param session the loaded network
 * @param indexNames the inputs of table indexes, in schema order
 * @param numberWidth the columns of the block of numbers
 * @param ladder the levels
 * @param form what the exported first layer does
 */
record OnnxNetwork(
    OrtSession session,
    List<String> indexNames,
    int numberWidth,
    DiscountLadder ladder,
    OnnxExport.Form form)
    implements AutoCloseable {

  /** Returns the version of ONNX Runtime. */
  static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  /** Exports and loads a model. */
  static OnnxNetwork load(TrainedModel model, DiscountLadder ladder, OnnxExport.Form form)
      throws IOException, OrtException {
    NetworkView view = model.networks().get(0).view(ladder);
    List<String> names =
        view.tables().stream().map(table -> OnnxExport.index(table.field())).toList();
    Path file = Files.createTempFile("rival", ".onnx");
    try (SessionOptions options = new SessionOptions()) {
      OnnxExport.write(model, ladder, form, file);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
      return new OnnxNetwork(session, names, view.numberWidth(), ladder, form);
    } finally {
      Files.delete(file);
    }
  }

  /** Returns the encoder of a model, as any host reads it: from the model's file. */
  static FeatureEncoder encoder(TrainedModel model) {
    try {
      Path file = Files.createTempFile("rival", ".safetensors");
      try {
        model.save(file);
        return FeatureEncoder.readFrom(ModelFile.read(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a model beside the bench", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the session must close", e);
    }
  }
}
