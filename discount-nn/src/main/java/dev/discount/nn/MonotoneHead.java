package dev.discount.nn;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.Numerics;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.Range;
import dev.discount.nn.loss.LossRows;
import java.util.Arrays;

/**
 * The head whose logit never falls as the discount deepens. Immutable, thread-safe.
 *
 * <p>{@code logit(d) = a + sum_k softplus(w_k) * ramp_k(d)} over the outputs {@code a, w_1, …,
 * w_K}, with {@code ramp_k(d) = clamp((d - t[k-1]) / (t[k] - t[k-1]), 0, 1)} between the knots
 * {@code t[0] < … < t[K]}, in share of the list price. Outside of the knots the curve is flat: a
 * depth that training has not seen is answered like the nearest that it has.
 */
final class MonotoneHead implements ResponseHead {

  /*
   * The curve never falls in float arithmetic either: rounding is monotone, so each of d - t[k-1],
   * its quotient by a positive constant, and fma(softplus, ramp, sum), with or without hardware
   * fma, does not fall as its argument rises, and softplus is never negative. By induction over k
   * neither does the logit.
   */

  private final float[] knots;

  /**
   * Makes a head.
   *
   * @param knots the knots, rising strictly, at least one; copied
   */
  MonotoneHead(float[] knots) {
    this.knots = knots.clone();
    if (knots.length == 0) {
      throw new IllegalArgumentException("knots must number at least 1, got 0");
    }
    for (int i = 0; i < knots.length; i++) {
      if (!(knots[i] >= 0 && knots[i] <= 1) || (i > 0 && !(knots[i] > knots[i - 1]))) {
        throw new IllegalArgumentException(
            "knots[" + i + "] must be in [0, 1] and above its predecessor, got " + knots[i]);
      }
    }
  }

  /** Returns a copy of the knots, in share of the list price; shape {@code [outputs()]}. */
  float[] knots() {
    return knots.clone();
  }

  @Override
  public int outputs() {
    return knots.length;
  }

  /**
   * Computes the ramps of one depth; element 0 is 1, the factor of the intercept.
   *
   * @param depth the share of the list price taken off
   * @param out the ramps, shape {@code [outputs()]} from {@code outOff}
   * @param outOff where they begin
   */
  void rampsInto(float depth, float[] out, int outOff) {
    out[outOff] = 1;
    for (int k = 1; k < knots.length; k++) {
      float ramp = (depth - knots[k - 1]) / (knots[k] - knots[k - 1]);
      out[outOff + k] = Math.min(1, Math.max(0, ramp));
    }
  }

  /**
   * Returns the logit at one depth.
   *
   * @param intercept the output a
   * @param slopes the softplus of the outputs, from {@code slopesOff}; element 0 is not read
   * @param ramps what {@link #rampsInto} wrote, from {@code rampsOff}
   */
  float logit(float intercept, float[] slopes, int slopesOff, float[] ramps, int rampsOff) {
    float sum = intercept;
    for (int k = 1; k < knots.length; k++) {
      sum = Numerics.fma(slopes[slopesOff + k], ramps[rampsOff + k], sum);
    }
    return sum;
  }

  @Override
  public void forward(Kernels kernels, HeadRows rows, LossRows loss, Range range) {
    Matrix outputs = rows.outputs();
    float[] slopes = rows.slopes().values();
    float[] ramps = rows.ramps().values();
    int first = outputs.offset(range.from());
    kernels.softplus(range.size() * outputs.stride(), outputs.values(), first, slopes, first);
    for (int i = range.from(); i < range.to(); i++) {
      int off = outputs.offset(i);
      rampsInto(rows.depths()[i], ramps, off);
      loss.outputs()[i] = logit(outputs.values()[off], slopes, off, ramps, off);
    }
  }

  @Override
  public void backward(Kernels kernels, HeadRows rows, LossRows loss, Range range) {
    Matrix outputs = rows.outputs();
    float[] gradients = rows.gradients().values();
    float[] ramps = rows.ramps().values();
    int stride = outputs.stride();
    int first = outputs.offset(range.from());
    kernels.sigmoid(range.size() * stride, outputs.values(), first, gradients, first);
    for (int i = range.from(); i < range.to(); i++) {
      int off = i * stride;
      float gradient = loss.gradients()[i];
      gradients[off] = gradient;
      for (int k = 1; k < knots.length; k++) {
        gradients[off + k] *= gradient * ramps[off + k];
      }
      Arrays.fill(gradients, off + knots.length, off + stride, 0f);
    }
  }
}
