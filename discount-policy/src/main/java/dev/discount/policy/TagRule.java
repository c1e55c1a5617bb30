package dev.discount.policy;

import dev.discount.core.ResponseModel;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which kinds of fields could have moved a level: those that the model, the valuation, the policy
 * or a guardrail reads and the request has stated. Immutable and safe for concurrent use.
 */
final class TagRule {

  /** The slots that are read, by ordinal of the tag. */
  private final int[][] slots;

  private final boolean offer;

  private TagRule(int[][] slots, boolean offer) {
    this.slots = slots;
    this.offer = offer;
  }

  static TagRule of(
      ResponseModel model, DiscountPolicy policy, List<Guardrail> guardrails, Valuation valuation) {
    Inputs inputs = policy.inputs();
    for (Guardrail guardrail : guardrails) {
      inputs = inputs.and(guardrail.inputs());
    }
    return of(model, inputs, valuation);
  }

  static TagRule of(ResponseModel model, Inputs asked, Valuation valuation) {
    Inputs inputs = asked.values() ? asked.and(valuation.inputs()) : asked;
    Schema schema = model.schema();
    int[][] slots = new int[Field.Tag.values().length][];
    for (Field.Tag tag : Field.Tag.values()) {
      slots[tag.ordinal()] =
          IntStream.range(0, schema.size())
              .filter(slot -> schema.field(slot).tag() == tag)
              .filter(slot -> inputs.names(schema, slot) || (inputs.curve() && model.reads(slot)))
              .toArray();
    }
    return new TagRule(slots, inputs.offer());
  }

  /** Returns one bit for each tag, by ordinal, of a row. */
  int tags(Rows rows, int row) {
    int tags = offer ? 1 << Field.Tag.CONTEXTUAL.ordinal() : 0;
    for (int tag = 0; tag < slots.length; tag++) {
      for (int slot : slots[tag]) {
        if (!rows.isMissing(row, slot)) {
          tags |= 1 << tag;
          break;
        }
      }
    }
    return tags;
  }

  /** Returns the name of a personal or protected field that is read, or empty. */
  String personal(Schema schema) {
    for (Field.Tag tag : new Field.Tag[] {Field.Tag.PERSONAL, Field.Tag.PROTECTED}) {
      for (int slot : slots[tag.ordinal()]) {
        return schema.field(slot).name();
      }
    }
    return "";
  }

  /** Returns whether tags hold personal or protected. */
  static boolean personal(int tags) {
    return has(tags, Field.Tag.PERSONAL) || has(tags, Field.Tag.PROTECTED);
  }

  static boolean has(int tags, Field.Tag tag) {
    return (tags >>> tag.ordinal() & 1) != 0;
  }

  static Set<Field.Tag> set(int tags) {
    Set<Field.Tag> set = EnumSet.noneOf(Field.Tag.class);
    for (Field.Tag tag : Field.Tag.values()) {
      if (has(tags, tag)) {
        set.add(tag);
      }
    }
    return set;
  }
}
