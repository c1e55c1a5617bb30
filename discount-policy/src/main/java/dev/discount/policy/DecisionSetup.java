package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Schema;
import java.util.List;

/**
 * What is in force in an engine while a session decides, by names and versions: what a log writes
 * once and each of its records refers to. Immutable.
 *
 * @param schema the fields of the model's rows
 * @param ladder the levels
 * @param modelVersion the version of the model
 * @param policyVersion the version of the policy
 * @param valuationVersion the version of the valuation
 * @param guardrailCodes the codes of the guardrails, in the order asked; copied
 * @param guardrailVersions the versions of the guardrails, in the same order; copied
 * @param seed the seed of the draws
 */
public record DecisionSetup(
    Schema schema,
    DiscountLadder ladder,
    String modelVersion,
    String policyVersion,
    String valuationVersion,
    List<String> guardrailCodes,
    List<String> guardrailVersions,
    long seed) {

  /** Copies the lists. */
  public DecisionSetup {
    guardrailCodes = List.copyOf(guardrailCodes);
    guardrailVersions = List.copyOf(guardrailVersions);
    if (guardrailVersions.size() != guardrailCodes.size()) {
      throw new IllegalArgumentException(
          "guardrailVersions must number "
              + guardrailCodes.size()
              + ", got "
              + guardrailVersions.size());
    }
  }

  static DecisionSetup of(EngineState state) {
    return new DecisionSetup(
        state.model.schema(),
        state.ladder,
        state.model.version(),
        state.policy.version(),
        state.valuation.version(),
        state.guardrails.stream().map(Guardrail::code).toList(),
        state.guardrails.stream().map(Guardrail::version).toList(),
        state.seed);
  }
}
