/** The nouns of a discount decision, data, kernels, metrics and the model file. */
module dev.discount.core {
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires it.unimi.dsi.fastutil.core;
  requires jdk.management;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.discount.core;
  exports dev.discount.core.data;
  exports dev.discount.core.embedding;
  exports dev.discount.core.io;
  exports dev.discount.core.metric;
  exports dev.discount.core.internal.file to
      dev.discount.nn,
      dev.discount.policy;
  exports dev.discount.core.internal.json to
      dev.discount.policy;
  exports dev.discount.core.internal.kernel to
      dev.discount.nn,
      dev.discount.policy;
  exports dev.discount.core.internal.random to
      dev.discount.nn,
      dev.discount.policy;
}
