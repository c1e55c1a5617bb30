/** Decisions: policies, guardrails, the engine, proof from logs, and a simulated shop. */
module dev.discount.policy {
  requires transitive dev.discount.core;
  requires static org.jspecify;

  exports dev.discount.policy;
  exports dev.discount.policy.budget;
  exports dev.discount.policy.guard;
  exports dev.discount.policy.log;
  exports dev.discount.policy.ope;
  exports dev.discount.policy.rule;
  exports dev.discount.policy.sim;
  exports dev.discount.policy.testing;
  exports dev.discount.policy.value;
}
