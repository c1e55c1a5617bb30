/** Response networks for other runtimes: the ONNX format. */
@NullMarked
package dev.discount.nn.onnx;

import org.jspecify.annotations.NullMarked;
