package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.Kernels.STATE_FLOOR;
import static dev.discount.core.internal.kernel.Kernels.WEIGHT_FLOOR;
import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The element-wise kernels that training alone calls: derivatives of activations, and the steps of
 * optimisers. Each does the whole vectors of its range and returns how many elements that was; the
 * rest is the caller's.
 */
final class TrainingVectors {

  private TrainingVectors() {}

  static int reluBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector zero = FLOATS.cast(FloatVector.zero(F));
      FloatVector output = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FloatVector passed = FloatVector.fromArray(F, dy, dyOff + i);
      FloatVector slope = zero.blend(passed, output.compare(VectorOperators.GT, zero));
      FLOATS.cast(slope).intoArray(dy, dyOff + i);
    }
    return i;
  }

  static int leakyReluBackward(int n, float slope, float[] y, int yOff, float[] dy, int dyOff) {
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector output = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, dy, dyOff + i));
      FloatVector flat = FLOATS.cast(v.mul(FloatVector.broadcast(F, slope)));
      FloatVector bent = flat.blend(v, output.compare(VectorOperators.GT, FloatVector.zero(F)));
      FLOATS.cast(bent).intoArray(dy, dyOff + i);
    }
    return i;
  }

  static int sigmoidBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    int i = 0;
    FloatVector one = FLOATS.cast(FloatVector.broadcast(F, 1f));
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FloatVector slope = v.mul(one.sub(v));
      FloatVector gradient = FLOATS.cast(FloatVector.fromArray(F, dy, dyOff + i));
      FLOATS.cast(gradient.mul(slope)).intoArray(dy, dyOff + i);
    }
    return i;
  }

  static int tanhBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    int i = 0;
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FloatVector slope = FLOATS.cast(v.neg()).fma(v, one);
      FloatVector gradient = FLOATS.cast(FloatVector.fromArray(F, dy, dyOff + i));
      FLOATS.cast(gradient.mul(slope)).intoArray(dy, dyOff + i);
    }
    return i;
  }

  static int sgdStep(
      int n,
      float[] w,
      int wOff,
      float[] g,
      int gOff,
      float[] v,
      int vOff,
      float rate,
      float momentum,
      float l2) {
    int i = 0;
    FloatVector penalty = FLOATS.cast(FloatVector.broadcast(F, l2));
    FloatVector kept = FLOATS.cast(FloatVector.broadcast(F, momentum));
    FloatVector down = FLOATS.cast(FloatVector.broadcast(F, -rate));
    FloatVector stateFloor = FloatVector.broadcast(F, STATE_FLOOR);
    FloatVector weightFloor = FloatVector.broadcast(F, WEIGHT_FLOOR);
    for (; i < F.loopBound(n); i += N) {
      FloatVector weight = FloatVector.fromArray(F, w, wOff + i);
      FloatVector gradient = FloatVector.fromArray(F, g, gOff + i);
      FloatVector slope = FLOATS.cast(penalty.fma(weight, gradient));
      FloatVector step = FLOATS.cast(kept.fma(FloatVector.fromArray(F, v, vOff + i), slope));
      FLOATS.cast(FLOATS.cast(step.add(stateFloor)).sub(stateFloor)).intoArray(v, vOff + i);
      FloatVector moved = FLOATS.cast(down.fma(step, weight));
      FLOATS.cast(FLOATS.cast(moved.add(weightFloor)).sub(weightFloor)).intoArray(w, wOff + i);
    }
    return i;
  }

  static int adamStep(
      int n,
      float[] w,
      int wOff,
      float[] g,
      int gOff,
      float[] m,
      int mOff,
      float[] v,
      int vOff,
      float stepSize,
      float correction,
      float beta1,
      float beta2,
      float epsilon,
      float l2,
      float decay) {
    int i = 0;
    FloatVector penalty = FLOATS.cast(FloatVector.broadcast(F, l2));
    FloatVector kept1 = FLOATS.cast(FloatVector.broadcast(F, beta1));
    FloatVector kept2 = FLOATS.cast(FloatVector.broadcast(F, beta2));
    FloatVector scale = FloatVector.broadcast(F, correction);
    FloatVector floor = FloatVector.broadcast(F, epsilon);
    FloatVector shrink = FLOATS.cast(FloatVector.broadcast(F, -decay));
    FloatVector down = FLOATS.cast(FloatVector.broadcast(F, -stepSize));
    FloatVector stateFloor = FloatVector.broadcast(F, STATE_FLOOR);
    FloatVector weightFloor = FloatVector.broadcast(F, WEIGHT_FLOOR);
    for (; i < F.loopBound(n); i += N) {
      FloatVector weight = FloatVector.fromArray(F, w, wOff + i);
      FloatVector gradient = FloatVector.fromArray(F, g, gOff + i);
      FloatVector slope = FLOATS.cast(penalty.fma(weight, gradient));
      FloatVector first = FloatVector.fromArray(F, m, mOff + i);
      first = FLOATS.cast(kept1.fma(first, slope.mul(FloatVector.broadcast(F, 1f - beta1))));
      FLOATS.cast(FLOATS.cast(first.add(stateFloor)).sub(stateFloor)).intoArray(m, mOff + i);
      FloatVector second = FloatVector.fromArray(F, v, vOff + i);
      FloatVector part = FLOATS.cast(slope.mul(FloatVector.broadcast(F, 1f - beta2)));
      second = FLOATS.cast(kept2.fma(second, part.mul(slope)));
      FLOATS.cast(FLOATS.cast(second.add(stateFloor)).sub(stateFloor)).intoArray(v, vOff + i);
      FloatVector ratio = first.div(FLOATS.cast(second.sqrt()).fma(scale, floor));
      FloatVector moved = FLOATS.cast(down.fma(ratio, shrink.fma(weight, weight)));
      FLOATS.cast(FLOATS.cast(moved.add(weightFloor)).sub(weightFloor)).intoArray(w, wOff + i);
    }
    return i;
  }
}
