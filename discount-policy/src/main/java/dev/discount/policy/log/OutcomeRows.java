package dev.discount.policy.log;

import dev.discount.core.Level;
import dev.discount.core.data.DiscountUnit;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionSetup;
import java.math.BigDecimal;
import java.util.Arrays;

/** Writes decisions with their outcomes as lines that a schema reads. Confined to one thread. */
final class OutcomeRows {

  private final Schema schema;
  private final CsvLine line;
  private Rows rows;
  private int[] slots = {};

  OutcomeRows(Schema schema) {
    this.schema = schema;
    this.line = new CsvLine(schema.csv());
    this.rows = new Rows(schema, 1);
  }

  String header() {
    for (Field field : schema.fields()) {
      line.text(field.name());
    }
    return line.end();
  }

  /**
   * Returns the parts of a line: what comes before the outcome, between, and behind the value; the
   * outcome or value that the schema does not have is the empty text.
   */
  OpenRow row(DecisionRecord record) {
    take(record);
    return new OpenRow(record.decisionId(), record.place(), record.timeMillis(), cells(record));
  }

  private void take(DecisionRecord record) {
    DecisionSetup setup = record.setup();
    if (slots.length == 0 || !rows.schema().equals(setup.schema())) {
      rows = new Rows(setup.schema(), 1);
      slots = new int[schema.size()];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = setup.schema().slot(schema.field(i).name());
      }
    }
    rows.clear();
    record.addRow(rows);
  }

  private String[] cells(DecisionRecord record) {
    String[] cells = new String[schema.size()];
    for (int i = 0; i < cells.length; i++) {
      cell(record, i);
      String whole = line.end();
      cells[i] = whole.substring(0, whole.length() - 1);
    }
    return cells;
  }

  private void cell(DecisionRecord record, int i) {
    Field field = schema.field(i);
    switch (field.role()) {
      case DISCOUNT -> line.text(level(record));
      case PRICE -> line.decimal(record.listPriceMinor(), schema.minorDigits());
      case COST -> line.decimal(record.unitCostMinor(), schema.minorDigits());
      case PROPENSITY -> line.number(record.propensity());
      case WEIGHT -> line.number(1);
      case OUTCOME, VALUE -> line.plain("");
      case TIME -> {
        if (slots[i] == Schema.NONE || rows.isMissing(0, slots[i])) {
          line.number(record.timeMillis());
        } else {
          line.number(rows.doubleAt(0, slots[i]));
        }
      }
      default -> field(field, slots[i]);
    }
  }

  private void field(Field field, int slot) {
    if (slot == Schema.NONE || rows.isMissing(0, slot)) {
      line.plain("");
    } else if (!field.keyed()) {
      line.number(rows.doubleAt(0, slot));
    } else if (rows.isText(0, slot)) {
      line.text(rows.textAt(0, slot));
    } else {
      line.number(rows.longAt(0, slot));
    }
  }

  /** Returns the chosen level as the discount column writes it. */
  private String level(DecisionRecord record) {
    Level level = record.setup().ladder().level(record.levelIndex());
    if (!schema.ladder().levels().contains(level)) {
      throw new IllegalArgumentException(
          "schema must have the level "
              + level
              + " of the log in its ladder, got "
              + schema.ladder());
    }
    DiscountUnit unit = schema.discountUnit();
    if (unit == DiscountUnit.NAME) {
      return level instanceof Level.Named named ? named.id() : "none";
    }
    long atoms = 0;
    if (level instanceof Level.PercentOff percent) {
      atoms = percent.basisPoints();
    } else if (level instanceof Level.AmountOff amount) {
      atoms = amount.minorUnits();
    }
    int digits =
        switch (unit) {
          case PERCENT -> 2;
          case SHARE -> 4;
          case AMOUNT -> schema.minorDigits();
          case BASIS_POINTS, NAME -> 0;
        };
    BigDecimal value = BigDecimal.valueOf(atoms, digits);
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Returns a row's line with its outcome. */
  String line(OpenRow row) {
    for (int i = 0; i < row.cells.length; i++) {
      switch (schema.field(i).role()) {
        case OUTCOME -> line.number(row.purchases > 0 ? 1 : 0);
        case VALUE -> {
          if (row.purchases > 0) {
            line.decimal(row.valueMinor, schema.minorDigits());
          } else {
            line.plain("");
          }
        }
        default -> line.plain(row.cells[i]);
      }
    }
    return line.end();
  }

  /** A decision that waits for purchases. */
  static final class OpenRow {
    final long decisionId;
    final int place;
    final long timeMillis;
    private final String[] cells;
    private long[] purchaseIds = {};
    private int purchases;
    private long valueMinor;

    OpenRow(long decisionId, int place, long timeMillis, String[] cells) {
      this.decisionId = decisionId;
      this.place = place;
      this.timeMillis = timeMillis;
      this.cells = cells;
    }

    boolean has(long purchaseId) {
      for (int i = 0; i < purchases; i++) {
        if (purchaseIds[i] == purchaseId) {
          return true;
        }
      }
      return false;
    }

    void add(Purchase purchase) {
      valueMinor = Math.addExact(valueMinor, purchase.valueMinor());
      if (purchases == purchaseIds.length) {
        purchaseIds = Arrays.copyOf(purchaseIds, 1 + 2 * purchases);
      }
      purchaseIds[purchases++] = purchase.purchaseId();
    }

    boolean bought() {
      return purchases > 0;
    }
  }
}
