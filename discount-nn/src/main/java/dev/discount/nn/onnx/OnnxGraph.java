package dev.discount.nn.onnx;

import dev.discount.core.io.FloatSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A graph of operators as it is drawn, and its form in the ONNX file format [1]. Names of values
 * are given out in order, so equal calls make equal bytes. Confined to one thread.
 */
final class OnnxGraph {

  /*
   * Field numbers are those of onnx.proto [1]:
   *
   *     ModelProto      ir_version 1, producer_name 2, producer_version 3, graph 7, opset_import 8,
   *                     metadata_props 14 (key 1, value 2)
   *     GraphProto      node 1, name 2, initializer 5, input 11, output 12
   *     NodeProto       input 1, output 2, name 3, op_type 4, attribute 5
   *     AttributeProto  name 1, f 2, i 3, type 20 (FLOAT = 1, INT = 2)
   *     TensorProto     dims 1, data_type 2 (FLOAT = 1, INT64 = 7), name 8, raw_data 9
   *     ValueInfoProto  name 1, type 2; TypeProto tensor_type 1; Tensor elem_type 1, shape 2;
   *                     TensorShapeProto dim 1; Dimension dim_value 1, dim_param 2
   *
   * [1] ONNX, onnx/onnx.proto, https://github.com/onnx/onnx
   */

  static final int IR_VERSION = 7;
  static final int OPSET = 13;

  /** The name of the dimension that counts rows. */
  static final String ROWS = "rows";

  private static final String PRODUCER = "discount";
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int NO_COLUMNS = -1;

  private final List<ProtobufMessage> nodes = new ArrayList<>();
  private final List<ProtobufMessage> constants = new ArrayList<>();
  private final List<ProtobufMessage> inputs = new ArrayList<>();
  private final List<ProtobufMessage> outputs = new ArrayList<>();
  private final List<ProtobufMessage> metadata = new ArrayList<>();

  /** Adds an input of int64, shape {@code [rows]}; returns its name. */
  String indexInput(String name) {
    inputs.add(value(name, INT64, NO_COLUMNS));
    return name;
  }

  /** Adds an input of float, shape {@code [rows, columns]}; returns its name. */
  String floatInput(String name, int columns) {
    inputs.add(value(name, FLOAT, columns));
    return name;
  }

  /** Declares a value an output of float, shape {@code [rows, columns]}. */
  void floatOutput(String name, int columns) {
    outputs.add(value(name, FLOAT, columns));
  }

  /** Adds a constant of float; returns its name. */
  String floats(String name, float[] values, long... shape) {
    return floats(
        name, (from, count, out) -> System.arraycopy(values, (int) from, out, 0, count), shape);
  }

  /** Adds a constant of float that is read while the file is written; returns its name. */
  String floats(String name, FloatSource values, long... shape) {
    long count = 1;
    for (long extent : shape) {
      count = Math.multiplyExact(count, extent);
    }
    constants.add(tensor(name, FLOAT, shape).rawFloats(9, count, values));
    return name;
  }

  /** Adds a constant of int64, shape {@code [values.length]}; returns its name. */
  String longs(String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    constants.add(tensor(name, INT64, values.length).bytes(9, bytes.array()));
    return name;
  }

  /** Adds an operator without attributes; returns the name of its output. */
  String node(String operator, String... operands) {
    return node(operator, List.of(), operands);
  }

  /** Adds an operator; returns the name of its output. */
  String node(String operator, List<ProtobufMessage> attributes, String... operands) {
    String output = operator.toLowerCase(Locale.ROOT) + "." + nodes.size();
    ProtobufMessage node = new ProtobufMessage();
    for (String operand : operands) {
      node.text(1, operand);
    }
    node.text(2, output).text(3, output).text(4, operator);
    for (ProtobufMessage attribute : attributes) {
      node.message(5, attribute);
    }
    nodes.add(node);
    return output;
  }

  /** Gives a value a name of its own; returns that name. */
  String named(String name, String value) {
    nodes.add(new ProtobufMessage().text(1, value).text(2, name).text(3, name).text(4, "Identity"));
    return name;
  }

  /** Returns an attribute that is an integer. */
  static ProtobufMessage attribute(String name, long value) {
    return new ProtobufMessage().text(1, name).number(3, value).number(20, ATTRIBUTE_INT);
  }

  /** Returns an attribute that is a float. */
  static ProtobufMessage attribute(String name, float value) {
    return new ProtobufMessage().text(1, name).fixed(2, value).number(20, ATTRIBUTE_FLOAT);
  }

  /** Adds an entry of the model's metadata. */
  void metadata(String key, String value) {
    metadata.add(new ProtobufMessage().text(1, key).text(2, value));
  }

  /**
   * Returns the model: the graph as it is now.
   *
   * @param name the graph's name
   * @param producerVersion the version of the library
   */
  ProtobufMessage model(String name, String producerVersion) {
    ProtobufMessage graph = new ProtobufMessage();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    constants.forEach(constant -> graph.message(5, constant));
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    ProtobufMessage model =
        new ProtobufMessage()
            .number(1, IR_VERSION)
            .text(2, PRODUCER)
            .text(3, producerVersion)
            .message(7, graph)
            .message(8, new ProtobufMessage().text(1, "").number(2, OPSET));
    metadata.forEach(entry -> model.message(14, entry));
    return model;
  }

  private static ProtobufMessage tensor(String name, int type, long... shape) {
    ProtobufMessage tensor = new ProtobufMessage();
    for (long extent : shape) {
      tensor.number(1, extent);
    }
    return tensor.number(2, type).text(8, name);
  }

  /** Describes an input or output of shape [rows], or [rows, columns] if columns are given. */
  private static ProtobufMessage value(String name, int type, int columns) {
    ProtobufMessage shape = new ProtobufMessage().message(1, new ProtobufMessage().text(2, ROWS));
    if (columns != NO_COLUMNS) {
      shape.message(1, new ProtobufMessage().number(1, columns));
    }
    ProtobufMessage tensor = new ProtobufMessage().number(1, type).message(2, shape);
    return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
  }
}
