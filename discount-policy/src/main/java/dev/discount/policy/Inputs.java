package dev.discount.policy;

import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a policy, a guardrail or a valuation looks at, so that a decision can say which kinds of
 * fields could have moved it. Immutable.
 *
 * @param everything whether any field of the row may be looked at
 * @param offer whether price, cost, item, time or campaign are looked at
 * @param curve whether the purchase probabilities are looked at, and with them all that the model
 *     reads
 * @param values whether the values of levels are looked at, and with them all that the valuation
 *     reads
 * @param roles the fields that are looked at by role; copied
 * @param fields the fields that are looked at by name; copied
 */
public record Inputs(
    boolean everything,
    boolean offer,
    boolean curve,
    boolean values,
    Set<Role> roles,
    Set<String> fields) {

  /** Copies the sets. */
  public Inputs {
    roles = Set.copyOf(roles);
    fields = Set.copyOf(fields);
  }

  /** Returns that nothing of a request is looked at. */
  public static Inputs nothing() {
    return new Inputs(false, false, false, false, Set.of(), Set.of());
  }

  /** Returns that price, cost, item, time or campaign are looked at, and no field. */
  public static Inputs ofOffer() {
    return new Inputs(false, true, false, false, Set.of(), Set.of());
  }

  /** Returns that the purchase probabilities and the offer are looked at. */
  public static Inputs ofCurve() {
    return new Inputs(false, true, true, false, Set.of(), Set.of());
  }

  /** Returns that the values of levels are looked at. */
  public static Inputs ofValues() {
    return new Inputs(false, true, false, true, Set.of(), Set.of());
  }

  /** Returns that the offer and the fields of some roles are looked at. */
  public static Inputs ofRoles(Role... roles) {
    Set<Role> set = EnumSet.noneOf(Role.class);
    set.addAll(Set.of(roles));
    return new Inputs(false, true, false, false, set, Set.of());
  }

  /** Returns that the offer and some fields are looked at. */
  public static Inputs ofFields(String... names) {
    return new Inputs(false, true, false, false, Set.of(), Set.of(names));
  }

  /** Returns that anything may be looked at, which is what those say that do not know. */
  public static Inputs anything() {
    return new Inputs(true, true, true, true, Set.of(), Set.of());
  }

  /** Returns all that this and another look at. */
  public Inputs and(Inputs other) {
    Set<Role> bothRoles = new LinkedHashSet<>(roles);
    bothRoles.addAll(other.roles);
    Set<String> bothFields = new LinkedHashSet<>(fields);
    bothFields.addAll(other.fields);
    return new Inputs(
        everything || other.everything,
        offer || other.offer,
        curve || other.curve,
        values || other.values,
        bothRoles,
        bothFields);
  }

  /** Returns whether a field is looked at by itself, not through curve or values. */
  boolean names(Schema schema, int slot) {
    Field field = schema.field(slot);
    return everything || fields.contains(field.name()) || roles.contains(field.role());
  }
}
