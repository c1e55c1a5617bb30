package dev.discount.nn;

import dev.discount.core.ResponseModel;
import java.nio.file.Path;
import java.util.List;

/**
 * A response model that a {@link Trainer} made: one network or several. Immutable and thread-safe.
 */
public sealed interface TrainedModel extends ResponseModel permits ResponseNet, Ensemble {

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
}
