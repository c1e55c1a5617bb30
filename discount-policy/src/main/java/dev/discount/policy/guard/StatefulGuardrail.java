package dev.discount.policy.guard;

import dev.discount.policy.Guardrail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A guardrail whose state can be written and read, so that {@link GuardrailStates} carries it from
 * one process to the next. Safe for concurrent use: decisions may be made meanwhile.
 */
public interface StatefulGuardrail extends Guardrail {

  /** Returns the name of this state, unique among the guardrails of an engine. */
  String stateName();

  /**
   * Returns a text that differs wherever the bytes of the state would be misread: version and the
   * settings that they depend on.
   */
  String stateLayout();

  /**
   * Writes the state.
   *
   * @throws IOException if {@code out} throws it
   */
  void writeState(DataOutput out) throws IOException;

  /**
   * Reads and checks a state and changes nothing yet.
   *
   * @param in what {@link #writeState} wrote; all of it is read
   * @return what puts it in the place of the present state, and cannot fail
   * @throws IOException if {@code in} throws it
   * @throws SnapshotFormatException if it is no state of this guardrail
   */
  Runnable readState(DataInput in) throws IOException;
}
