package dev.discount.policy.budget;

import dev.discount.core.internal.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Gathers entries into blocks and writes them behind the snapshot that a file begins with. Every
 * step can be called again after it has thrown: what was to be written is still there and goes to
 * the same place. Confined to one thread.
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
   * Replaces the file by one that begins with the present state, forced. Nothing must wait.
   *
   * @throws JournalWriteException if it cannot be written; the old file then stands
   */
  void rewrite() {
    long[] end = new long[3];
    try {
      file.replace(out -> writeSnapshot(out, end));
    } catch (RuntimeException e) {
      throw JournalWriteException.of(file.path(), e);
    }
    JournalFile.close(channel);
    channel = null;
    number++;
    position = end[0];
    previous = (int) end[1];
    entries = end[2];
    forced = position;
    snapshotBytes = position;
  }

  /** Writes header and snapshot; says how long they are, the last checksum, and the entries. */
  private long writeSnapshot(FileChannel out, long[] end) throws IOException {
    ByteBuffer header = JournalBlock.fileHeader(number + 1);
    end[1] = JournalBlock.readFileHeader(file.path().toString(), header);
    AtomicFile.writeFully(out, header);
    end[0] = JournalBlock.FILE_HEADER_BYTES;
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
    if (sealed || block.payload() > 0) {
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
    doing(open -> file.write(open, bytes.rewind(), position));
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
    if (forced < position) {
      doing(file::force);
      forced = position;
    }
  }

  /** Forces what has been unforced for long, and writes the file anew if it has grown. */
  void tick() {
    if (sealed) {
      writeBlock();
    }
    if (forced < position
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
    void on(FileChannel channel) throws IOException;
  }

  /** Does work on the open file, again if an interrupt closed it meanwhile. */
  private void doing(Work work) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          work.on(open());
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } catch (IOException e) {
      throw JournalWriteException.of(file.path(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
