package dev.discount.nn;

import dev.discount.core.io.ModelFile;
import java.nio.file.Path;
import java.util.concurrent.Executor;

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
    return ModelCodec.read(ModelFile.read(path));
  }

  /**
   * Reads a model as {@link #load(Path)} does, but checks the file while its tables are read. The
   * check is one task for an executor, everything else is done on this thread; nothing is returned
   * before both are done. No task is left behind, and one that the executor has not begun when the
   * rest is done runs on this thread.
   *
   * @param path the file
   * @param executor runs the check of the file's sum
   * @throws dev.discount.core.io.ModelFormatException if the file is not such a model
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the task
   */
  public static TrainedModel load(Path path, Executor executor) {
    return ModelFile.load(path, executor, ModelCodec::read);
  }
}
