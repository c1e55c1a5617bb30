package dev.discount.core.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that one opener has at a time, in this process and among others, until it is closed. Safe
 * for concurrent use.
 *
 * <p>While it is held, no other channel or stream of this process may open the file: on POSIX
 * systems the process's lock ends with the first of its descriptors that is closed.
 */
public final class LockedFile implements AutoCloseable {

  /** The files that this process holds; guarded by itself. */
  private static final Set<Object> HELD = new HashSet<>();

  private final Object key;
  private final FileChannel channel;
  private boolean held = true;

  private LockedFile(Object key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes a file, and makes it if it is not there. A file that this process holds is not opened.
   *
   * @param path the file
   * @param options how to open it; for writing at least
   * @return the file, {@code null} if another has it
   * @throws IOException if it cannot be opened or the file system has no locks
   */
  public static @Nullable LockedFile tryOpen(Path path, OpenOption... options) throws IOException {
    synchronized (HELD) {
      Object key = key(path);
      if (HELD.contains(key)) {
        return null;
      }
      FileChannel channel = FileChannel.open(path, options);
      boolean locked = false;
      try {
        FileLock lock = channel.tryLock();
        locked = lock != null && HELD.add(key);
      } catch (OverlappingFileLockException e) {
        return null; // Held by code that another class loader loaded.
      } finally {
        if (!locked) {
          channel.close();
        }
      }
      return locked ? new LockedFile(key, channel) : null;
    }
  }

  /** Returns what tells a file from all others, under whatever name it is reached. */
  private static Object key(Path path) throws IOException {
    create(path);
    @Nullable Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path.toRealPath() : key;
  }

  /** Makes an empty file, by a call that opens none that is there. */
  private static void create(Path path) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      return; // As good.
    }
  }

  /** Returns the channel on the file, which ends with this. */
  public FileChannel channel() {
    return channel;
  }

  /** Lets go of the file. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (held) {
        held = false;
        HELD.remove(key);
        end(channel); // An interrupt may have closed it before.
      }
    }
  }

  private static void end(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      return; // The system lets go of it with the process.
    }
  }
}
