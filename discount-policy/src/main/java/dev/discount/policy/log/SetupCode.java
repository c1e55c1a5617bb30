package dev.discount.policy.log;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.data.DataFormatException;
import dev.discount.core.data.SchemaJson;
import dev.discount.policy.DecisionSetup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes what is in force in an engine as bytes, and reads it back. Stateless. */
final class SetupCode {

  private static final int MAX_GUARDRAILS = 127;
  private static final int PERCENT = 1;
  private static final int AMOUNT = 2;
  private static final int NAMED = 3;

  private SetupCode() {}

  static byte[] write(DecisionSetup setup) {
    ByteSink out = new ByteSink(1024);
    out.putText(setup.modelVersion());
    out.putText(setup.policyVersion());
    out.putText(setup.valuationVersion());
    out.putVar(setup.guardrailCodes().size());
    setup.guardrailCodes().forEach(out::putText);
    setup.guardrailVersions().forEach(out::putText);
    out.putLong(setup.seed());
    out.putVar(setup.ladder().size());
    for (Level level : setup.ladder().levels().subList(1, setup.ladder().size())) {
      putLevel(level, out);
    }
    out.putText(SchemaJson.write(setup.schema()));
    return Arrays.copyOf(out.bytes(), out.size());
  }

  private static void putLevel(Level level, ByteSink out) {
    if (level instanceof Level.PercentOff percent) {
      out.putByte(PERCENT);
      out.putVar(percent.basisPoints());
    } else if (level instanceof Level.AmountOff amount) {
      out.putByte(AMOUNT);
      out.putVar(amount.minorUnits());
    } else if (level instanceof Level.Named named) {
      out.putByte(NAMED);
      out.putText(named.id());
    }
  }

  static DecisionSetup read(ByteSource in) {
    String model = in.readText();
    String policy = in.readText();
    String valuation = in.readText();
    int count = in.readCount(MAX_GUARDRAILS);
    List<String> codes = readTexts(in, count);
    List<String> versions = readTexts(in, count);
    long seed = in.readLong();
    int size = in.readCount(DiscountLadder.MAX_LEVELS);
    try {
      List<Level> levels = new ArrayList<>();
      levels.add(new Level.None());
      for (int i = 1; i < size; i++) {
        levels.add(readLevel(in));
      }
      return new DecisionSetup(
          SchemaJson.parse(in.readText()),
          new DiscountLadder(levels),
          model,
          policy,
          valuation,
          codes,
          versions,
          seed);
    } catch (DataFormatException | IllegalArgumentException e) {
      throw in.broken("end a setup: " + e.getMessage());
    }
  }

  private static List<String> readTexts(ByteSource in, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.readText());
    }
    return texts;
  }

  private static Level readLevel(ByteSource in) {
    return switch (in.readByte()) {
      case PERCENT -> new Level.PercentOff(in.readCount(Integer.MAX_VALUE));
      case AMOUNT -> new Level.AmountOff(in.readVar());
      case NAMED -> new Level.Named(in.readText());
      default -> throw in.broken("hold a kind of level");
    };
  }
}
