package dev.discount.policy.guard;

import dev.discount.policy.Guardrail;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * All that an engine's guardrails keep, as one snapshot that a host writes where it likes and reads
 * back. Safe for concurrent use: decisions may be made meanwhile; what each customer, code or item
 * has is as it was at some moment during the call.
 */
public final class GuardrailStates {

  /*
   * Big-endian: the magic, the version, the number of parts; for each part its name and layout as
   * modified UTF-8, then blocks of bytes, each with its length before it, until a length of 0; then
   * the CRC-32C of all before. Nothing is applied before the checksum has been compared.
   */

  private static final byte[] MAGIC = "DGUARDST".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int MAX_PARTS = 1_000;

  private final Map<String, StatefulGuardrail> parts = new LinkedHashMap<>();

  private GuardrailStates() {}

  /**
   * Returns the states of guardrails; those that keep none are passed over.
   *
   * @param guardrails the guardrails of an engine
   * @throws IllegalArgumentException if two states have one name
   */
  public static GuardrailStates of(Iterable<? extends Guardrail> guardrails) {
    GuardrailStates states = new GuardrailStates();
    for (Guardrail guardrail : guardrails) {
      if (guardrail instanceof StatefulGuardrail keeps
          && states.parts.put(keeps.stateName(), keeps) != null) {
        throw new IllegalArgumentException(
            "stateName must be unique among guardrails, got " + keeps.stateName() + " twice");
      }
    }
    return states;
  }

  /** Returns the names of the states, in the order of the guardrails. */
  public Set<String> names() {
    return new LinkedHashSet<>(parts.keySet());
  }

  /**
   * Writes a snapshot.
   *
   * @param to where the bytes go; it is not closed
   * @throws IOException if {@code to} throws it
   */
  public void writeTo(OutputStream to) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(to, 1 << 16), new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.write(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(parts.size());
    for (StatefulGuardrail part : parts.values()) {
      out.writeUTF(part.stateName());
      out.writeUTF(part.stateLayout());
      DataOutputStream blocks = new DataOutputStream(new BlockOutput(out));
      part.writeState(blocks);
      blocks.flush();
      out.writeInt(0);
    }
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * Reads a snapshot and puts it in the place of the present states.
   *
   * @param from the bytes of one snapshot, read to their end; not closed
   * @return the names of the states that the snapshot does not have, which are left as they are
   * @throws IOException if {@code from} throws it
   * @throws SnapshotFormatException if it is no snapshot of these guardrails; all present states
   *     then stand
   */
  public Set<String> readFrom(InputStream from) throws IOException {
    CheckedInputStream checked =
        new CheckedInputStream(new BufferedInputStream(from, 1 << 16), new CRC32C());
    DataInputStream in = new DataInputStream(checked);
    Set<String> missing = names();
    List<Runnable> changes = new ArrayList<>();
    try {
      readHead(in);
      int count = in.readInt();
      if (count < 0 || count > MAX_PARTS) {
        throw new SnapshotFormatException(
            "parts must number at most " + MAX_PARTS + ", got " + count);
      }
      for (int i = 0; i < count; i++) {
        changes.add(readPart(in, missing));
      }
      long expected = checked.getChecksum().getValue();
      long found = in.readLong();
      if (found != expected) {
        throw new SnapshotFormatException("checksum must be " + expected + ", got " + found);
      }
      if (in.read() >= 0) {
        throw new SnapshotFormatException("snapshot must end with its checksum, got more bytes");
      }
    } catch (EOFException e) {
      throw new SnapshotFormatException("snapshot must be whole, got one that is cut off", e);
    } catch (java.io.UTFDataFormatException e) {
      throw new SnapshotFormatException("names must be UTF-8, got other bytes", e);
    }
    changes.forEach(Runnable::run);
    return missing;
  }

  private static void readHead(DataInputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!java.util.Arrays.equals(magic, MAGIC)) {
      throw new SnapshotFormatException(
          "snapshot must begin with DGUARDST, got " + java.util.Arrays.toString(magic));
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new SnapshotFormatException("version must be " + VERSION + ", got " + version);
    }
  }

  private Runnable readPart(DataInputStream in, Set<String> missing) throws IOException {
    String name = in.readUTF();
    StatefulGuardrail part = parts.get(name);
    if (part == null || !missing.remove(name)) {
      throw new SnapshotFormatException(
          "states must be of " + String.join(", ", parts.keySet()) + ", each once, got " + name);
    }
    String layout = in.readUTF();
    if (!layout.equals(part.stateLayout())) {
      throw new SnapshotFormatException(
          "layout of " + name + " must be " + part.stateLayout() + ", got " + layout);
    }
    BlockInput blocks = new BlockInput(in);
    DataInputStream bytes = new DataInputStream(blocks);
    Runnable change;
    try {
      change = part.readState(bytes);
    } catch (SnapshotFormatException e) {
      throw new SnapshotFormatException("state of " + name + ": " + e.getMessage(), e);
    }
    if (bytes.read() >= 0) {
      throw new SnapshotFormatException("state of " + name + " must end, got more bytes");
    }
    return change;
  }

  /** Writes bytes as blocks with their length before them. */
  private static final class BlockOutput extends OutputStream {
    private static final int BLOCK_BYTES = 1 << 16;

    private final DataOutputStream out;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK_BYTES);

    BlockOutput(DataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      block.write(value);
      if (block.size() >= BLOCK_BYTES) {
        flush();
      }
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      block.write(bytes, from, count);
      if (block.size() >= BLOCK_BYTES) {
        flush();
      }
    }

    @Override
    public void flush() throws IOException {
      if (block.size() > 0) {
        out.writeInt(block.size());
        block.writeTo(out);
        block.reset();
      }
    }
  }

  /** Reads bytes of blocks until an empty one. */
  private static final class BlockInput extends InputStream {
    private static final int MAX_BLOCK_BYTES = 1 << 17;

    private final DataInputStream in;
    private ByteArrayInputStream block = new ByteArrayInputStream(new byte[0]);
    private boolean ended;

    BlockInput(DataInputStream in) {
      this.in = in;
    }

    private boolean fill() throws IOException {
      if (block.available() == 0 && !ended) {
        int length = in.readInt();
        if (length < 0 || length > MAX_BLOCK_BYTES) {
          throw new SnapshotFormatException(
              "blocks must have at most " + MAX_BLOCK_BYTES + " bytes, got " + length);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        block = new ByteArrayInputStream(bytes);
        ended = length == 0;
      }
      return !ended;
    }

    @Override
    public int read() throws IOException {
      return fill() ? block.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      return count == 0 ? 0 : fill() ? block.read(bytes, from, count) : -1;
    }
  }
}
