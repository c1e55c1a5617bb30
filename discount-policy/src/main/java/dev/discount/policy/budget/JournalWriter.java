package dev.discount.policy.budget;

import dev.discount.core.internal.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Gathers entries into blocks and writes them behind the snapshot that a file begins with. Every
 * step can be called again after it has thrown: what was to be written is still there. A write that
 * failed goes to the same place again. A force that failed is never tried again, because the system
 * may have given up the bytes and would now report success: a new file, with the present state,
 * takes the place of the old one. Confined to one thread.
 */
final class JournalWriter {

  private final JournalFile file;
  private final LedgerJournalConfig config;
  private final JournalState state;
  private final JournalBlock block = new JournalBlock();

  private @Nullable FileChannel channel;
  private long number;
  private long position;
  private long forced;
  private long snapshotBytes;
  private long entries;
  private int inBlock;
  private int previous;
  private boolean sealed;
  private int sealedFlags;
  private boolean ended;

  /** Whether a force has not returned well, so that the file may lack what was written. */
  private boolean doubtful;

  private long unforcedSinceMillis;

  /**
   * Begins with a state.
   *
   * @param state what is written first; it follows the entries from then on
   * @param number the number of the file that there was, 0 if none
   */
  JournalWriter(JournalFile file, LedgerJournalConfig config, JournalState state, long number) {
    this.file = file;
    this.config = config;
    this.state = state;
    this.number = number;
  }

  JournalState state() {
    return state;
  }

  /** Returns how many bytes the file has. */
  long bytes() {
    return position;
  }

  /**
   * Replaces the file by one that begins with the present state, forced. What waited to be written
   * is part of that.
   *
   * @throws JournalWriteException if it cannot be written; the old file then stands
   */
  void rewrite() {
    long[] end = new long[3];
    uninterrupted(() -> file.replace(out -> writeSnapshot(out, end)));
    JournalFile.close(channel);
    channel = null;
    number++;
    position = end[0];
    previous = (int) end[1];
    entries = end[2];
    forced = position;
    snapshotBytes = position;
    block.clear();
    inBlock = 0;
    sealed = false;
    ended = false;
    doubtful = false;
  }

  /** Writes header and snapshot; says how long they are, the last checksum, and the entries. */
  private long writeSnapshot(FileChannel out, long[] end) throws IOException {
    ByteBuffer header = JournalBlock.fileHeader(number + 1);
    end[1] = JournalBlock.readFileHeader(file.path().toString(), header);
    AtomicFile.writeFully(out, header);
    end[0] = JournalBlock.FILE_HEADER_BYTES;
    end[2] = 0;
    JournalBlock part = new JournalBlock();
    IOException[] failed = {null};
    state.writeTo(
        new JournalState.Sink() {
          @Override
          public void entry(long head, long id, long amount, long millis) {
            part.entry(head, id, amount, millis);
            end[2]++;
            writeFull();
          }

          @Override
          public void define(int what, int newNumber, String text, long minor) {
            part.define(what, newNumber, text, minor);
            writeFull();
          }

          private void writeFull() {
            if (part.payload() >= JournalBlock.MAX_PAYLOAD_BYTES && failed[0] == null) {
              try {
                writePart(out, part, JournalBlock.SNAPSHOT, end);
              } catch (IOException e) {
                failed[0] = e;
              }
            }
          }
        });
    if (failed[0] != null) {
      throw failed[0];
    }
    writePart(out, part, JournalBlock.SNAPSHOT | JournalBlock.SNAPSHOT_END, end);
    return end[0];
  }

  private long firstOfPart;

  private void writePart(FileChannel out, JournalBlock part, int flags, long[] end)
      throws IOException {
    if (end[0] == JournalBlock.FILE_HEADER_BYTES) {
      firstOfPart = 0;
    }
    ByteBuffer bytes = part.seal(flags, (int) end[1], firstOfPart, 0);
    firstOfPart = end[2];
    end[0] += bytes.remaining();
    end[1] = part.sum();
    AtomicFile.writeFully(out, bytes);
    part.clear();
  }

  /** Adds an entry to the block that is being filled. The block is not sealed. */
  void add(long head, long id, long amount, long millis) {
    state.apply(head, id, amount, millis, false);
    block.entry(head, id, amount, millis);
    inBlock++;
  }

  /** Adds a name to the block that is being filled. The block is not sealed. */
  void define(int what, int newNumber, String text, long minor) {
    state.define(what, newNumber, text, minor);
    block.define(what, newNumber, text, minor);
  }

  /** Returns whether a block waits that could not be written. */
  boolean waits() {
    return sealed;
  }

  /** Returns whether the block that is being filled should be written before more is added. */
  boolean full() {
    return block.payload() >= JournalBlock.MAX_PAYLOAD_BYTES;
  }

  /** Writes the block that is being filled, and forces it if that is due. */
  void writeBlock() {
    if (doubtful) {
      rewrite();
    } else if (sealed || block.payload() > 0) {
      write(0);
      if (config.force().afterMillis() == 0) {
        force();
      }
    }
  }

  private void write(int flags) {
    if (!sealed) {
      block.seal(flags, previous, entries, forced);
      sealedFlags = flags;
      sealed = true;
    }
    ByteBuffer bytes = block.sealed();
    int length = bytes.remaining();
    uninterrupted(() -> file.write(open(), bytes.rewind(), position));
    if (position == forced) {
      unforcedSinceMillis = config.clock().millis();
    }
    ended |= (sealedFlags & JournalBlock.END) != 0;
    position += length;
    entries += inBlock;
    previous = block.sum();
    inBlock = 0;
    sealed = false;
    block.clear();
  }

  /** Makes everything that was written durable. */
  void force() {
    if (!doubtful && forced < position) {
      doubtful = true; // Until it has returned; also an interrupt hides what it would have said.
      try {
        file.force(open());
        doubtful = false;
        forced = position;
      } catch (ClosedByInterruptException e) {
        rewrite();
      } catch (IOException e) {
        throw JournalWriteException.of(file.path(), e);
      }
    } else if (doubtful) {
      rewrite();
    }
  }

  /** Forces what has been unforced for long, and writes the file anew if it has grown. */
  void tick() {
    if (sealed) {
      writeBlock();
    }
    if (doubtful) {
      rewrite();
    } else if (forced < position
        && Math.abs(config.clock().millis() - unforcedSinceMillis)
            >= config.force().afterMillis()) {
      force();
    }
    if (position > config.compactBytes() && position > 2 * snapshotBytes) {
      rewrite();
    }
  }

  /** Writes and forces what there is, says that the journal ends here, and closes the file. */
  void end() {
    writeBlock();
    force();
    if (!ended) {
      write(JournalBlock.END);
    }
    force();
    JournalFile.close(channel);
    channel = null;
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Does work, again from its beginning if an interrupt closed a file meanwhile. */
  private void uninterrupted(Work work) {
    boolean interrupted = Thread.interrupted();
    try {
      while (!tryOnce(work)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does work; returns false if an interrupt ended it. */
  private boolean tryOnce(Work work) {
    try {
      work.run();
      return true;
    } catch (IOException | RuntimeException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      if (cause instanceof ClosedByInterruptException) {
        return false;
      }
      throw JournalWriteException.of(file.path(), e);
    }
  }

  private FileChannel open() throws IOException {
    FileChannel current = channel;
    if (current == null || !current.isOpen()) {
      current = file.openToWrite();
      channel = current;
    }
    return current;
  }
}
