package dev.discount.policy.guard;

import dev.discount.core.internal.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Snapshots in a file, replaced as a whole: written beside it, forced to the disk, and moved over
 * it. Safe for concurrent use; of two that save at once, one comes last.
 */
public final class FileStateStore implements StateStore {

  private final Path path;

  /**
   * Makes a store.
   *
   * @param path the file, which need not exist; its folder must
   */
  public FileStateStore(Path path) {
    this.path = path;
  }

  @Override
  public void save(GuardrailStates states) {
    AtomicFile.write(
        path,
        channel -> {
          states.writeTo(Channels.newOutputStream(channel));
          return channel.size();
        });
  }

  @Override
  public boolean restore(GuardrailStates states) {
    try (InputStream in = Files.newInputStream(path)) {
      states.readFrom(in);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
