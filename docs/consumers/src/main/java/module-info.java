/** A host with a module descriptor of its own. */
module shop.consumer {
  requires dev.discount.core;
  requires dev.discount.nn;
  requires dev.discount.policy;
  requires static org.jspecify;
}
