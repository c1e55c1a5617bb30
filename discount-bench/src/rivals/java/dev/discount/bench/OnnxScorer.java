package dev.discount.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.discount.core.data.EncodedRows;
import dev.discount.nn.onnx.OnnxExport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/** ONNX Runtime on a network of ours, by one of the two ways its Java interface offers. */
final class OnnxScorer implements RivalScorer {

  /** How values come in and go out. */
  enum Tensors {
    /** Tensors over direct buffers, for inputs and outputs, made once: what an expert does. */
    PINNED,
    /** New tensors in every call, as the runtime's own examples do. */
    ORDINARY
  }

  private final OnnxNetwork network;
  private final Tensors tensors;
  private final int rows;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> outputs = new HashMap<>();
  private final LongBuffer[] indexes;
  private final FloatBuffer numbers;
  private final FloatBuffer probabilities;

  OnnxScorer(OnnxNetwork network, Tensors tensors, int rows) throws OrtException {
    this.network = network;
    this.tensors = tensors;
    this.rows = rows;
    this.indexes = new LongBuffer[network.indexNames().size()];
    for (int f = 0; f < indexes.length; f++) {
      indexes[f] = direct((long) rows * Long.BYTES).asLongBuffer();
    }
    this.numbers = direct((long) rows * network.numberWidth() * Float.BYTES).asFloatBuffer();
    this.probabilities = direct((long) rows * levels() * Float.BYTES).asFloatBuffer();
    if (tensors == Tensors.PINNED) {
      wrapInputs();
      outputs.put(
          OnnxExport.PROBABILITIES,
          OnnxTensor.createTensor(
              OrtEnvironment.getEnvironment(), probabilities, new long[] {rows, levels()}));
    }
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  private int levels() {
    return network.ladder().size();
  }

  private void wrapInputs() throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    for (int f = 0; f < indexes.length; f++) {
      long[] shape = {rows};
      inputs.put(
          network.indexNames().get(f), OnnxTensor.createTensor(environment, indexes[f], shape));
    }
    if (network.numberWidth() > 0) {
      long[] shape = {rows, network.numberWidth()};
      inputs.put(OnnxExport.NUMBERS, OnnxTensor.createTensor(environment, numbers, shape));
    }
  }

  /** Returns the name of a way of using the runtime. */
  static String party(OnnxExport.Form form, Tensors tensors) {
    String folded = form == OnnxExport.Form.FOLDED ? ", folded by hand" : "";
    String way = tensors == Tensors.PINNED ? "pinned" : "ordinary";
    return "ONNX Runtime " + OnnxNetwork.version() + " " + way + folded;
  }

  /** Returns what is unfair about a comparison. */
  static String note(OnnxExport.Form form) {
    return form == OnnxExport.Form.FOLDED
        ? "for the rival: handed table indexes while ours looks ids up, and a first layer that our"
            + " export has folded"
        : "for the rival: handed table indexes while ours looks ids up; for ours: a folded first"
            + " layer";
  }

  @Override
  public void scoreInto(EncodedRows encoded, float[] out) throws OrtException {
    if (encoded.size() != rows) {
      throw new IllegalArgumentException("rows must number " + rows + ", got " + encoded.size());
    }
    for (int f = 0; f < indexes.length; f++) {
      int[] from = encoded.indexes(f);
      for (int i = 0; i < rows; i++) {
        indexes[f].put(i, from[i]);
      }
    }
    numbers.put(0, encoded.numbers(), 0, rows * network.numberWidth());
    if (tensors == Tensors.PINNED) {
      network.session().run(inputs, outputs).close();
      probabilities.get(0, out, 0, rows * levels());
    } else {
      scoreWithNewTensors(out);
    }
  }

  private void scoreWithNewTensors(float[] out) throws OrtException {
    wrapInputs();
    try (OrtSession.Result result = network.session().run(inputs)) {
      float[][] values = (float[][]) result.get(0).getValue();
      for (int i = 0; i < rows; i++) {
        System.arraycopy(values[i], 0, out, i * levels(), levels());
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
      inputs.clear();
    }
  }

  @Override
  public RivalScorer twin() throws OrtException {
    return new OnnxScorer(network, tensors, rows);
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
  }
}
