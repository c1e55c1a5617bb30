package dev.discount.nn;

import dev.discount.core.data.RowSource;
import dev.discount.core.data.Split;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A log that is trained on without being held in memory: where its rows come from, how they are
 * parted, and where they may be kept while they are needed. Immutable.
 *
 * @param source the rows; opened up to three times, and must give the same rows each time
 * @param split how the rows are parted; those to test on are not used
 * @param splitSeed the seed of the split, as for {@link Split#assign}
 * @param folder an existing folder for the encoded rows: two temporary files, readable by their
 *     owner alone, that are deleted when training ends, however it ends. They take 16 bytes a row
 *     and 4 more for each embedded field and each column of numbers
 */
public record StreamedLog(RowSource source, Split split, long splitSeed, Path folder) {

  /** Checks that nothing is missing. */
  public StreamedLog {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(folder, "folder");
  }
}
