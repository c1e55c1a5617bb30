/** Response networks: how a purchase responds to a discount, learned from a log. */
module dev.discount.nn {
  requires transitive dev.discount.core;
  requires static org.jspecify;

  exports dev.discount.nn;
  exports dev.discount.nn.onnx;
}
