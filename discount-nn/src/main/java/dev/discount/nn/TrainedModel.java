package dev.discount.nn;

import dev.discount.core.ResponseModel;
import dev.discount.core.data.Field;
import dev.discount.core.embedding.TablePrecision;
import java.nio.file.Path;
import java.util.List;

/**
 * A response model that a {@link Trainer} made: one network or several. Immutable and thread-safe.
 */
public sealed interface TrainedModel extends ResponseModel permits ResponseNet, Ensemble {

  /** Returns whether a field is one of the model's features, or the price where levels need it. */
  @Override
  default boolean reads(int slot) {
    Field field = schema().field(slot);
    return field.feature() || field.role() == Field.Role.PRICE;
  }

  /** Returns the networks, in the order in which their probabilities are added up. */
  List<ResponseNet> networks();

  /** Returns the settings it was trained with. */
  TrainingConfig config();

  /** Returns where it comes from. */
  Provenance provenance();

  /**
   * Writes the model to one file, atomically: a temporary file is forced to disk and then moved.
   * Equal models give equal bytes.
   *
   * @param path the file, replaced if it exists
   * @return the SHA-256 checksum of the file, in hexadecimal
   * @throws java.io.UncheckedIOException if the file cannot be written; an old file then stands
   */
  String save(Path path);

  /**
   * Returns this model with another limit of the memory for folding: tables whose products with the
   * first layer are kept ready, smallest first. Scores do not change, only their speed.
   *
   * @param limitBytes the most memory for each network, 0 or more; {@link
   *     ResponseNet#DEFAULT_FOLDING_BYTES} where nothing else is said
   */
  TrainedModel withFoldingLimit(long limitBytes);

  /**
   * Returns this model with its tables of ids and categories held otherwise, to be scored with or
   * saved: a model of its own, with a {@link #version} of its own.
   *
   * <p>With {@link TablePrecision#BFLOAT16} tables take half the memory, folded or not, and half
   * the file. Their numbers are rounded, and so is each table's share of the first layer, to the
   * nearest bfloat16, ties to even; everything else is computed in float32. Rounding cannot be
   * undone: going back to {@link TablePrecision#FLOAT32} keeps the rounded numbers.
   *
   * @param precision how the tables hold their numbers
   */
  TrainedModel withTables(TablePrecision precision);
}
