package dev.discount.core.data;

import dev.discount.core.embedding.IdIndex;
import dev.discount.core.io.ModelFile;
import dev.discount.core.io.ModelFileBuilder;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw rows into the numbers a network reads: ids and categories into places of a vocabulary,
 * numbers and flags into standardised columns. Fitted once on the rows to train on; then immutable
 * and thread-safe. Encoding allocates nothing once its output has seen the largest batch.
 *
 * <p>No cell is ever refused: an id that is missing or not in the vocabulary becomes 0; a number
 * that is missing or not finite becomes 0, the mean, and sets the field's missing indicator if
 * there is one; a standardised number beyond ±1000 is set to that limit. The output counts each.
 *
 * <p>Columns of numbers stand in the order of the slots. A number gives {@code (t(x) - mean) /
 * deviation} with its field's transform {@code t}, and a deviation of 1 where all are equal; a flag
 * gives {@code x - mean}. A field that had missing cells while fitting has a second column behind
 * its first: 1 where the cell is missing, else 0.
 */
public final class FeatureEncoder {

  private final Schema schema;
  private final int[] embeddedSlots;
  private final IdIndex[] vocabularies;
  private final int[] numericSlots;
  private final NumberScaling scaling;

  /* The last schema found equal; a race can only repeat the comparison. */
  private @Nullable Schema accepted;

  FeatureEncoder(Schema schema, IdIndex[] vocabularies, NumberScaling scaling) {
    this.schema = schema;
    this.embeddedSlots = slots(schema, Field::embedded);
    this.vocabularies = vocabularies;
    this.numericSlots = slots(schema, Field::numeric);
    this.scaling = scaling;
  }

  /** Returns a fitter that has seen no row. */
  public static Fitter fitter(Schema schema) {
    return new Fitter(schema);
  }

  /**
   * Fits an encoder.
   *
   * @param rows the rows
   * @param selection the rows to fit on, in order
   */
  public static FeatureEncoder fit(Rows rows, int[] selection) {
    Fitter fitter = new Fitter(rows.schema());
    for (int row : selection) {
      fitter.add(rows, row);
    }
    return fitter.fit();
  }

  /**
   * Reads an encoder from a model file.
   *
   * @throws dev.discount.core.io.ModelFormatException if the file holds none, or one that
   *     contradicts itself
   */
  public static FeatureEncoder readFrom(ModelFile file) {
    return EncoderFile.read(file);
  }

  /**
   * Adds this encoder to a model file: its schema as the metadata entry {@code schema}, what was
   * fitted as tensors whose names start with {@code encoder.}.
   */
  public void writeTo(ModelFileBuilder out) {
    EncoderFile.write(this, out);
  }

  /** Returns the fields of the rows this encoder reads. */
  public Schema schema() {
    return schema;
  }

  /** Returns the number of embedded fields. */
  public int embeddedFields() {
    return embeddedSlots.length;
  }

  /** Returns the slot of an embedded field. */
  public int embeddedSlot(int embeddedField) {
    return embeddedSlots[embeddedField];
  }

  /** Returns the ids an embedded field knows. */
  public IdIndex vocabulary(int embeddedField) {
    return vocabularies[embeddedField];
  }

  /** Returns the number of table rows of an embedded field, that of unknown ids included. */
  public int cardinality(int embeddedField) {
    return vocabularies[embeddedField].size();
  }

  /** Returns the number of columns of the block of numbers. */
  public int numberWidth() {
    return scaling.width();
  }

  /** Returns a container for rows of this encoder. */
  public EncodedRows newRows(int capacity) {
    return new EncodedRows(embeddedSlots.length, scaling.width(), capacity);
  }

  /**
   * Encodes all rows.
   *
   * @param rows the rows, of fields equal to those of this encoder's schema
   * @param out receives the rows in place of what it held, and the counts
   */
  public void encodeInto(Rows rows, EncodedRows out) {
    encodeInto(rows, 0, rows.size(), out);
  }

  /**
   * Encodes consecutive rows.
   *
   * @param rows the rows, of fields equal to those of this encoder's schema
   * @param from the first row
   * @param to the row behind the last
   * @param out receives the rows in place of what it held, and the counts
   */
  public void encodeInto(Rows rows, int from, int to, EncodedRows out) {
    Objects.checkFromToIndex(from, to, rows.size());
    encode(rows, null, from, to - from, out);
  }

  /**
   * Encodes selected rows.
   *
   * @param rows the rows, of fields equal to those of this encoder's schema
   * @param selection row indexes, in any order
   * @param from the first element of {@code selection} to use
   * @param to the element behind the last
   * @param out receives the rows in place of what it held, and the counts
   */
  public void encodeInto(Rows rows, int[] selection, int from, int to, EncodedRows out) {
    Objects.checkFromToIndex(from, to, selection.length);
    for (int i = from; i < to; i++) {
      Objects.checkIndex(selection[i], rows.size());
    }
    encode(rows, selection, from, to - from, out);
  }

  private void encode(Rows rows, int @Nullable [] selection, int from, int count, EncodedRows out) {
    if (!accepts(rows.schema())) {
      throw new IllegalArgumentException(
          "rows must be of this encoder's fields " + schema + ", got " + rows.schema());
    }
    if (out.embeddedFields() != embeddedSlots.length || out.numberWidth() != scaling.width()) {
      throw new IllegalArgumentException("out must be made by newRows of an equal encoder");
    }
    out.resize(count);
    out.resetCounts();
    for (int f = 0; f < embeddedSlots.length; f++) {
      encodeIds(rows, f, selection, from, out);
    }
    for (int f = 0; f < numericSlots.length; f++) {
      scaling.encodeInto(f, rows.numbersOf(numericSlots[f]), selection, from, out);
    }
  }

  private void encodeIds(Rows rows, int f, int @Nullable [] selection, int from, EncodedRows out) {
    int slot = embeddedSlots[f];
    byte[] states = rows.statesOf(slot);
    long[] longs = rows.longsOf(slot);
    String[] texts = rows.textsOf(slot);
    IdIndex vocabulary = vocabularies[f];
    int[] indexes = out.indexes(f);
    int missing = 0;
    int unknown = 0;
    for (int i = 0; i < out.size(); i++) {
      int row = selection == null ? from + i : selection[from + i];
      int index = IdIndex.UNKNOWN;
      if (states[row] == Rows.MISSING) {
        missing++;
      } else {
        index =
            states[row] == Rows.LONG ? vocabulary.index(longs[row]) : vocabulary.index(texts[row]);
        unknown += index == IdIndex.UNKNOWN ? 1 : 0;
      }
      indexes[i] = index;
    }
    out.countIds(unknown, missing);
  }

  @SuppressWarnings("ReferenceEquality") // the quick way out of a comparison by value
  private boolean accepts(Schema other) {
    if (other == schema || other == accepted) {
      return true;
    }
    if (!schema.sameFields(other)) {
      return false;
    }
    accepted = other;
    return true;
  }

  NumberScaling scaling() {
    return scaling;
  }

  static int[] slots(Schema schema, Predicate<Field> chosen) {
    int[] slots = new int[schema.size()];
    int count = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      if (chosen.test(schema.field(slot))) {
        slots[count++] = slot;
      }
    }
    return Arrays.copyOf(slots, count);
  }

  /** Collects what an encoder must know, row by row. Confined to one thread. */
  public static final class Fitter {

    private final Schema schema;
    private final int[] embeddedSlots;
    private final IdIndex.Builder[] builders;
    private final NumberScaling.Fitter numbers;

    private Fitter(Schema schema) {
      this.schema = schema;
      this.embeddedSlots = slots(schema, Field::embedded);
      this.builders = new IdIndex.Builder[embeddedSlots.length];
      for (int f = 0; f < builders.length; f++) {
        builders[f] = IdIndex.builder();
      }
      this.numbers = new NumberScaling.Fitter(schema, slots(schema, Field::numeric));
    }

    /**
     * Takes one row into account.
     *
     * @param rows the rows, of fields equal to those of the fitter's schema
     * @param row the row's index
     */
    public void add(Rows rows, int row) {
      Objects.checkIndex(row, rows.size());
      if (!schema.sameFields(rows.schema())) {
        throw new IllegalArgumentException(
            "rows must be of this fitter's fields " + schema + ", got " + rows.schema());
      }
      for (int f = 0; f < embeddedSlots.length; f++) {
        int slot = embeddedSlots[f];
        if (rows.isText(row, slot)) {
          builders[f].add(rows.textAt(row, slot));
        } else if (!rows.isMissing(row, slot)) {
          builders[f].add(rows.longAt(row, slot));
        }
      }
      numbers.add(rows, row);
    }

    /**
     * Returns the encoder for the rows seen so far.
     *
     * @throws IllegalArgumentException if numbers are too large for a finite mean and deviation
     */
    public FeatureEncoder fit() {
      IdIndex[] vocabularies = new IdIndex[builders.length];
      for (int f = 0; f < builders.length; f++) {
        vocabularies[f] = builders[f].build(schema.field(embeddedSlots[f]).minCount());
      }
      return new FeatureEncoder(schema, vocabularies, numbers.fit());
    }
  }
}
