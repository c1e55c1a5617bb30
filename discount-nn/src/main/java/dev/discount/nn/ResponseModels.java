package dev.discount.nn;

import java.nio.file.Path;

/** Reads trained models from files. Stateless. */
public final class ResponseModels {

  private ResponseModels() {}

  /**
   * Reads a model that {@link TrainedModel#save} wrote. Everything is checked before the model is
   * returned: the file's checksum, the version, every shape, and that all weights are finite.
   *
   * @param path the file
   * @throws dev.discount.core.io.ModelFormatException if the file is not such a model
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public static TrainedModel load(Path path) {
    return ModelCodec.read(path);
  }
}
