package dev.discount.bench;

import dev.discount.nn.NetworkView;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.BiasAddGrad;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network of two id tables and ReLU layers in TensorFlow Java, trained with sparse Adagrad on the
 * tables and Adam on the layers. Confined to one thread.
 *
 * <p>The backward pass is drawn out, operator by operator, as TensorFlow's own gradients would:
 * every one is a fused kernel of the runtime, and one {@code run} is a step.
 */
final class TensorFlowTrainer implements AutoCloseable {

  private static final float ADAM_RATE = 1e-3f;
  private static final float ADAGRAD_RATE = 1e-2f;
  private static final float ADAGRAD_START = 0.1f;
  private static final float ADAGRAD_EPSILON = 1e-7f;
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Graph graph = new Graph();
  private final Session session;
  private final Ops tf = Ops.create(graph);
  private final List<Op> initialisers = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();
  private final Variable<TFloat32> power1;
  private final Variable<TFloat32> power2;
  private final Placeholder<TInt32> customers;
  private final Placeholder<TInt32> items;
  private final Placeholder<TFloat32> outcomes;
  private final Operand<TFloat32> probabilities;
  private final Variable<TFloat32> outputBias;
  private final Op step;

  /**
   * Loads a network.
   *
   * @param view two tables, ReLU layers, no numbers, no levels
   * @param threads the threads within an operator
   */
  TensorFlowTrainer(NetworkView view, int threads) {
    customers = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    items = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    outcomes = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .build();
    session = new Session(graph, config);
    Network network = forward(view);
    probabilities = tf.math.sigmoid(network.logits);
    outputBias = network.biases.get(network.biases.size() - 1);
    power1 = filled(Shape.scalar(), BETA_1);
    power2 = filled(Shape.scalar(), BETA_2);
    backward(network);
    step = afterAll();
    loads.forEach(load -> load.run(session));
    initialisers.forEach(session::run);
  }

  /** A variable that begins with values of ours. */
  private record Load(Op assign, Placeholder<TFloat32> source, Shape shape, float[] values) {
    void run(Session session) {
      try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values, true, false))) {
        session.runner().feed(source, tensor).addTarget(assign).run().close();
      }
    }
  }

  private record Network(
      List<Variable<TFloat32>> tables,
      List<Variable<TFloat32>> weights,
      List<Variable<TFloat32>> biases,
      List<Operand<TFloat32>> outputs,
      Operand<TFloat32> logits) {}

  private Network forward(NetworkView view) {
    List<Variable<TFloat32>> tables = new ArrayList<>();
    for (NetworkView.Table table : view.tables()) {
      tables.add(loaded(table));
    }
    Operand<TInt32> rows = tf.constant(0);
    List<Operand<TFloat32>> vectors =
        List.of(tf.gather(tables.get(0), customers, rows), tf.gather(tables.get(1), items, rows));
    List<Variable<TFloat32>> weights = new ArrayList<>();
    List<Variable<TFloat32>> biases = new ArrayList<>();
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    outputs.add(tf.concat(vectors, tf.constant(1)));
    Operand<TFloat32> y = outputs.get(0);
    for (int l = 0; l < view.layers().size(); l++) {
      NetworkView.Layer layer = view.layers().get(l);
      weights.add(loaded(layer.weights(), Shape.of(layer.inputs(), layer.outputs())));
      biases.add(loaded(layer.bias(), Shape.of(layer.outputs())));
      y = tf.nn.biasAdd(tf.linalg.matMul(y, weights.get(l)), biases.get(l));
      if (l < view.layers().size() - 1) {
        y = tf.nn.relu(y);
        outputs.add(y);
      }
    }
    return new Network(tables, weights, biases, outputs, y);
  }

  /** Draws the gradient of the mean cross-entropy and every update. */
  private void backward(Network net) {
    Operand<TFloat32> rows =
        tf.dtypes.cast(tf.shape.size(tf.shape(customers), tf.constant(0)), TFloat32.class);
    Operand<TFloat32> dy = tf.math.div(tf.math.sub(probabilities, outcomes), rows);
    for (int l = net.weights.size() - 1; l >= 0; l--) {
      Operand<TFloat32> x = net.outputs.get(l);
      Operand<TFloat32> dw = tf.linalg.matMul(x, dy, MatMul.transposeA(true));
      Operand<TFloat32> db = BiasAddGrad.create(tf.scope(), dy);
      Operand<TFloat32> dx = tf.linalg.matMul(dy, net.weights.get(l), MatMul.transposeB(true));
      // Weights move after dx has read them.
      adam(tf.withControlDependencies(dx), net.weights.get(l), dw);
      adam(tf, net.biases.get(l), db);
      dy = l == 0 ? dx : ReluGrad.create(tf.scope(), dx, x);
    }
    List<Operand<TFloat32>> parts = new ArrayList<>();
    tf.split(tf.constant(1), dy, 2L).forEach(parts::add);
    adagrad(net.tables.get(0), parts.get(0), customers);
    adagrad(net.tables.get(1), parts.get(1), items);
  }

  private void adam(Ops ops, Variable<TFloat32> variable, Operand<TFloat32> gradient) {
    Shape shape = variable.shape();
    updates.add(
        ops.train.applyAdam(
            variable,
            filled(shape, 0),
            filled(shape, 0),
            power1,
            power2,
            tf.constant(ADAM_RATE),
            tf.constant(BETA_1),
            tf.constant(BETA_2),
            tf.constant(EPSILON),
            gradient));
  }

  private void adagrad(Variable<TFloat32> table, Operand<TFloat32> gradient, Operand<TInt32> rows) {
    Variable<TFloat32> sums = filled(table.shape(), ADAGRAD_START);
    updates.add(
        tf.train.sparseApplyAdagrad(
            table, sums, tf.constant(ADAGRAD_RATE), tf.constant(ADAGRAD_EPSILON), gradient, rows));
  }

  /** Returns an operator that runs all updates, and then moves the powers that Adam has read. */
  private Op afterAll() {
    Ops last = tf.withControlDependencies(updates);
    Op one = last.assign(power1, last.math.mul(power1, tf.constant(BETA_1)));
    Op two = last.assign(power2, last.math.mul(power2, tf.constant(BETA_2)));
    return tf.withControlDependencies(one, two).noOp();
  }

  private Variable<TFloat32> filled(Shape shape, float value) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    initialisers.add(tf.assign(variable, tf.fill(tf.constant(shape), tf.constant(value))));
    return variable;
  }

  private Variable<TFloat32> loaded(NetworkView.Table table) {
    float[] values = new float[Math.toIntExact(table.rows() * table.width())];
    table.values().copyInto(0, values.length, values);
    return loaded(values, Shape.of(table.rows(), table.width()));
  }

  private Variable<TFloat32> loaded(float[] values, Shape shape) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    Placeholder<TFloat32> source = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    loads.add(new Load(tf.assign(variable, source), source, shape, values));
    return variable;
  }

  /**
   * Makes one step.
   *
   * @param batch the rows
   */
  void step(Batch batch) {
    try (TInt32 customer = TInt32.vectorOf(batch.customers);
        TInt32 item = TInt32.vectorOf(batch.items);
        TFloat32 outcome = outcomes(batch)) {
      session
          .runner()
          .feed(customers, customer)
          .feed(items, item)
          .feed(outcomes, outcome)
          .addTarget(step)
          .run()
          .close();
    }
  }

  /**
   * Computes probabilities.
   *
   * @param batch the rows; outcomes are not read
   * @return shape {@code [rows]}
   */
  float[] probabilities(Batch batch) {
    float[] out = new float[batch.customers.length];
    try (TInt32 customer = TInt32.vectorOf(batch.customers);
        TInt32 item = TInt32.vectorOf(batch.items);
        Result result =
            session
                .runner()
                .feed(customers, customer)
                .feed(items, item)
                .fetch(probabilities)
                .run()) {
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(out);
    }
    return out;
  }

  /** Returns the bias of the last layer's only output. */
  float outputBias() {
    try (Result result = session.runner().fetch(outputBias).run()) {
      return ((TFloat32) result.get(0)).getFloat(0);
    }
  }

  private static TFloat32 outcomes(Batch batch) {
    Shape shape = Shape.of(batch.outcomes.length, 1);
    return TFloat32.tensorOf(shape, DataBuffers.of(batch.outcomes, true, false));
  }

  /**
   * Rows to train on.
   *
   * @param customers the table index of each customer, shape {@code [rows]}
   * @param items the table index of each item, of the same shape
   * @param outcomes 1 for a purchase and 0 for none, of the same shape
   */
  record Batch(int[] customers, int[] items, float[] outcomes) {}

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
