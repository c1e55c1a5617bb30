package dev.discount.nn.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Runs the operators that an exported graph uses, in double and by their definitions in the ONNX
 * operator list, opset 13. An operator, attribute or shape that it does not know fails the test.
 */
final class OnnxInterpreter {

  /** A block of values, row-major. */
  record Tensor(long[] shape, double[] values) {
    Tensor {
      if (count(shape) != values.length) {
        throw new AssertionError(Arrays.toString(shape) + " has not " + values.length + " values");
      }
    }

    int dim(int axis) {
      return Math.toIntExact(shape[axis]);
    }
  }

  private OnnxInterpreter() {}

  /** Returns every value of a graph, inputs and constants included. */
  static Map<String, Tensor> run(OnnxReader.Model model, Map<String, Tensor> inputs) {
    Map<String, Tensor> values = new HashMap<>(inputs);
    model.constants().forEach((name, c) -> put(values, name, new Tensor(c.shape(), c.values())));
    for (OnnxReader.Node node : model.nodes()) {
      List<Tensor> in = node.inputs().stream().map(name -> known(values, name)).toList();
      put(values, node.outputs().get(0), apply(node, in));
    }
    return values;
  }

  private static void put(Map<String, Tensor> values, String name, Tensor value) {
    if (values.put(name, value) != null) {
      throw new AssertionError("two values named " + name);
    }
  }

  private static Tensor known(Map<String, Tensor> values, String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new AssertionError(name + " is used before it is computed");
    }
    return value;
  }

  private static Tensor apply(OnnxReader.Node node, List<Tensor> in) {
    return switch (node.operator()) {
      case "Gather" -> gather(in.get(0), in.get(1));
      case "Concat" -> concat(in, attribute(node, "axis"));
      case "Gemm" -> gemm(in.get(0), in.get(1), in.get(2));
      case "MatMul" -> gemm(in.get(0), in.get(1), new Tensor(new long[] {1}, new double[1]));
      case "Add" -> broadcast(in.get(0), in.get(1), (a, b) -> a + b);
      case "Sub" -> broadcast(in.get(0), in.get(1), (a, b) -> a - b);
      case "Mul" -> broadcast(in.get(0), in.get(1), (a, b) -> a * b);
      case "Div" -> broadcast(in.get(0), in.get(1), (a, b) -> a / b);
      case "Clip" -> clip(in.get(0), in.get(1), in.get(2));
      case "ReduceSum" -> sumOfLast(in.get(0), in.get(1), attribute(node, "keepdims"));
      case "Reshape" -> reshape(in.get(0), in.get(1));
      case "Identity" -> in.get(0);
      case "Relu" -> map(in.get(0), x -> Math.max(x, 0));
      case "LeakyRelu" -> {
        double alpha = attribute(node, "alpha");
        yield map(in.get(0), x -> x >= 0 ? x : alpha * x);
      }
      case "Sigmoid" -> map(in.get(0), x -> 1 / (1 + Math.exp(-x)));
      case "Tanh" -> map(in.get(0), Math::tanh);
      case "Softplus" -> map(in.get(0), x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
      default -> throw new AssertionError("operator " + node.operator());
    };
  }

  private static double attribute(OnnxReader.Node node, String name) {
    Double value = node.attributes().get(name);
    if (value == null || node.attributes().size() != 1) {
      throw new AssertionError(node + " must have attribute " + name + " alone");
    }
    return value;
  }

  private static Tensor gather(Tensor table, Tensor indexes) {
    int width = table.dim(1);
    double[] out = new double[indexes.values().length * width];
    for (int i = 0; i < indexes.values().length; i++) {
      System.arraycopy(table.values(), ((int) indexes.values()[i]) * width, out, i * width, width);
    }
    return new Tensor(new long[] {indexes.dim(0), width}, out);
  }

  private static Tensor concat(List<Tensor> parts, double axis) {
    if (axis != 1) {
      throw new AssertionError("axis " + axis);
    }
    int rows = parts.get(0).dim(0);
    int columns = parts.stream().mapToInt(part -> part.dim(1)).sum();
    double[] out = new double[rows * columns];
    int column = 0;
    for (Tensor part : parts) {
      int width = part.dim(1);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(part.values(), i * width, out, i * columns + column, width);
      }
      column += width;
    }
    return new Tensor(new long[] {rows, columns}, out);
  }

  private static Tensor gemm(Tensor a, Tensor b, Tensor c) {
    int rows = a.dim(0);
    int inner = a.dim(1);
    int columns = b.dim(1);
    if (b.dim(0) != inner) {
      throw new AssertionError("a product of " + inner + " by " + b.dim(0));
    }
    double[] out = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < inner; k++) {
          out[i * columns + j] += a.values()[i * inner + k] * b.values()[k * columns + j];
        }
      }
    }
    return broadcast(new Tensor(new long[] {rows, columns}, out), c, (x, y) -> x + y);
  }

  private static Tensor clip(Tensor x, Tensor least, Tensor most) {
    if (least.shape().length != 0 || most.shape().length != 0) {
      throw new AssertionError("the limits of Clip must be scalars");
    }
    return map(x, v -> Math.min(most.values()[0], Math.max(least.values()[0], v)));
  }

  private static Tensor sumOfLast(Tensor x, Tensor axes, double keep) {
    int last = x.shape().length - 1;
    if (keep != 0 || axes.values().length != 1 || axes.values()[0] != last) {
      throw new AssertionError("ReduceSum over anything but the last axis");
    }
    int width = x.dim(last);
    double[] out = new double[x.values().length / width];
    for (int i = 0; i < x.values().length; i++) {
      out[i / width] += x.values()[i];
    }
    return new Tensor(Arrays.copyOf(x.shape(), last), out);
  }

  private static Tensor reshape(Tensor x, Tensor shape) {
    long[] extents = Arrays.stream(shape.values()).mapToLong(v -> (long) v).toArray();
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == -1) {
        extents[i] = 1;
        extents[i] = x.values().length / count(extents);
      }
    }
    return new Tensor(extents, x.values());
  }

  private static Tensor map(Tensor x, DoubleUnaryOperator function) {
    return new Tensor(x.shape(), Arrays.stream(x.values()).map(function).toArray());
  }

  private static Tensor broadcast(Tensor a, Tensor b, DoubleBinaryOperator function) {
    int axes = Math.max(a.shape().length, b.shape().length);
    long[] left = padded(a.shape(), axes);
    long[] right = padded(b.shape(), axes);
    long[] shape = new long[axes];
    for (int i = 0; i < axes; i++) {
      if (left[i] != right[i] && left[i] != 1 && right[i] != 1) {
        throw new AssertionError(Arrays.toString(left) + " beside " + Arrays.toString(right));
      }
      shape[i] = Math.max(left[i], right[i]);
    }
    double[] out = new double[(int) count(shape)];
    for (int at = 0; at < out.length; at++) {
      double x = a.values()[place(at, shape, left)];
      out[at] = function.applyAsDouble(x, b.values()[place(at, shape, right)]);
    }
    return new Tensor(shape, out);
  }

  private static long[] padded(long[] shape, int axes) {
    long[] out = new long[axes];
    Arrays.fill(out, 1);
    System.arraycopy(shape, 0, out, axes - shape.length, shape.length);
    return out;
  }

  private static int place(int at, long[] shape, long[] of) {
    int rest = at;
    int place = 0;
    int step = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      int coordinate = (int) (rest % shape[axis]);
      rest /= (int) shape[axis];
      place += of[axis] == 1 ? 0 : coordinate * step;
      step *= (int) of[axis];
    }
    return place;
  }

  private static long count(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
