package dev.discount.core.io;

import dev.discount.core.internal.kernel.Numerics;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A file of named tensors and text entries, checked as a whole before any of it can be asked for:
 * length, header, every offset and shape, and one SHA-256 checksum over all bytes. The container is
 * safetensors, so other readers can open it. Immutable and safe for concurrent use.
 *
 * <p>Only the header stays in memory. Each tensor is read from the file when it is asked for and
 * compared with what was checked, so the file must stay in place until the last one is taken; one
 * that was replaced in between is found out and gives a {@link ModelFormatException}. Nothing stays
 * open and there is nothing to close. Memory is bounded by the file's own size, whatever the header
 * claims.
 *
 * <p>What touches the disk throws {@link java.io.UncheckedIOException} where the disk fails, and
 * {@link ModelFormatException} where the bytes are wrong or lack what is asked for.
 */
public final class ModelFile {

  /*
   * Layout, little-endian throughout: the header's length in 8 bytes; the header, JSON in UTF-8,
   * padded with spaces until the tensors begin at a multiple of 64; the tensors, widest elements
   * first and then by name, without gaps [1]. The checksum stands in the header as text and covers
   * the file with its own 64 digits replaced by the character 0.
   *
   * The bytes are read twice, once to check and once to take. A CRC of each tensor ties the second
   * reading to the first: the SHA-256 guards against altered bytes, the CRC against a file that was
   * replaced between the two.
   *
   * [1] Safetensors, https://github.com/huggingface/safetensors, section "Format"
   */

  static final String CHECKSUM = "sha256";
  static final String FORMAT = "format";
  static final String FORMAT_VERSION = "discount-model/1";

  private final ModelFileReader reader;
  private final String checksum;
  private final Map<String, String> metadata;
  private final Map<String, Tensor> tensors;

  ModelFile(ModelFileReader reader, Header header) {
    Map<String, String> entries = new LinkedHashMap<>(header.metadata());
    this.reader = reader;
    this.checksum = header.checksum();
    entries.remove(CHECKSUM);
    entries.remove(FORMAT);
    this.metadata = Collections.unmodifiableMap(entries);
    this.tensors = new LinkedHashMap<>();
    header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
  }

  /** Returns a builder without tensors and entries. */
  public static ModelFileBuilder builder() {
    return new ModelFileBuilder();
  }

  /**
   * Reads a file's header and checks the whole file. Cost: one pass over its bytes.
   *
   * @param path the file
   * @throws ModelFormatException if any byte is not as it was written
   */
  public static ModelFile read(Path path) {
    return ModelFileReader.read(path);
  }

  /**
   * Makes something of a file's content while the file is being checked, for large files: the check
   * runs where an executor runs it, the content is read on this thread. Returns only when both are
   * done and every byte that was read is one that was checked.
   *
   * <p>Until then nothing but lengths, shapes and offsets is known to be right: {@code content}
   * must not let the file, or anything it makes of it, be seen by others. Where it throws and the
   * check finds wrong bytes too, those are what is reported.
   *
   * <p>Cost: two passes over the bytes at once, where {@link #read} and taking the tensors makes
   * them one after the other; 128 KiB for the two. With an executor that runs tasks at once, or has
   * not begun when the content is made, the check runs on this thread. No task is left behind.
   *
   * @param path the file
   * @param executor runs the check: one task, which reads the file and computes
   * @param content makes the result
   * @return what {@code content} returned
   * @throws ModelFormatException if any byte is not as it was written, or {@code content} lacks
   *     something
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the task
   */
  public static <T> T load(Path path, Executor executor, Function<ModelFile, T> content) {
    return ModelFileReader.load(path, executor, content);
  }

  /**
   * Returns the checksum that names this content, 64 lower-case hexadecimal digits. It is not the
   * SHA-256 of the file as it lies on the disk, which would have to contain itself.
   */
  public String sha256() {
    return checksum;
  }

  /** Returns the text entries, without those of the format itself; unmodifiable. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Returns a text entry.
   *
   * @param key its key
   * @throws ModelFormatException if there is none
   */
  public String metadata(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new ModelFormatException(reader.path() + " must have a metadata entry " + key);
    }
    return value;
  }

  /** Returns the names of the tensors, in the order of their bytes; unmodifiable. */
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** Returns whether there is a tensor with a name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * Returns the shape of a tensor, a new array; empty for a scalar.
   *
   * @throws ModelFormatException if there is no such tensor
   */
  public long[] shape(String name) {
    return tensor(name).shapeArray();
  }

  /**
   * Returns this file if a tensor has a shape.
   *
   * @param name the tensor's name
   * @param shape the extents it must have
   * @throws ModelFormatException if there is no such tensor or its shape is another
   */
  public ModelFile requireShape(String name, long... shape) {
    long[] actual = shape(name);
    if (!Arrays.equals(actual, shape)) {
      throw new ModelFormatException(
          name + ".shape must be " + Arrays.toString(shape) + ", got " + Arrays.toString(actual));
    }
    return this;
  }

  /**
   * Reads a tensor of 32-bit floats, row-major.
   *
   * @throws ModelFormatException if there is none of this name and type, or the file was replaced
   */
  public float[] floats(String name) {
    Tensor tensor = tensor(name, Tensor.Type.F32);
    float[] out = new float[tensor.arrayLength()];
    reader.take(tensor, (from, count, bytes) -> bytes.asFloatBuffer().get(out, (int) from, count));
    return out;
  }

  /**
   * Reads a tensor of 64-bit floats, row-major.
   *
   * @throws ModelFormatException if there is none of this name and type, or the file was replaced
   */
  public double[] doubles(String name) {
    Tensor tensor = tensor(name, Tensor.Type.F64);
    double[] out = new double[tensor.arrayLength()];
    reader.take(tensor, (from, count, bytes) -> bytes.asDoubleBuffer().get(out, (int) from, count));
    return out;
  }

  /**
   * Reads a tensor of 32-bit integers, row-major.
   *
   * @throws ModelFormatException if there is none of this name and type, or the file was replaced
   */
  public int[] ints(String name) {
    Tensor tensor = tensor(name, Tensor.Type.I32);
    int[] out = new int[tensor.arrayLength()];
    reader.take(tensor, (from, count, bytes) -> bytes.asIntBuffer().get(out, (int) from, count));
    return out;
  }

  /**
   * Reads a tensor of 64-bit integers, row-major.
   *
   * @throws ModelFormatException if there is none of this name and type, or the file was replaced
   */
  public long[] longs(String name) {
    Tensor tensor = tensor(name, Tensor.Type.I64);
    long[] out = new long[tensor.arrayLength()];
    reader.take(tensor, (from, count, bytes) -> bytes.asLongBuffer().get(out, (int) from, count));
    return out;
  }

  /**
   * Reads a tensor of bytes, row-major.
   *
   * @throws ModelFormatException if there is none of this name and type, or the file was replaced
   */
  public byte[] bytes(String name) {
    Tensor tensor = tensor(name, Tensor.Type.U8);
    byte[] out = new byte[tensor.arrayLength()];
    reader.take(tensor, (from, count, bytes) -> bytes.get(out, (int) from, count));
    return out;
  }

  /**
   * Returns whether a tensor is one of bfloat16, to be read by {@link #floatsInto}.
   *
   * @throws ModelFormatException if there is no such tensor
   */
  public boolean isBfloat16(String name) {
    return tensor(name).type() == Tensor.Type.BF16;
  }

  /**
   * Reads a tensor of 32-bit floats, or of bfloat16, piece by piece, for tables beyond one array's
   * length. Cost: one pass over its bytes and a constant amount of memory.
   *
   * @param name the tensor's name
   * @param sink where the elements go; what it has received must be thrown away if this throws
   * @throws ModelFormatException if there is none of this name and type, or the file was replaced
   */
  public void floatsInto(String name, FloatSink sink) {
    if (isBfloat16(name)) {
      bfloatsInto(tensor(name), sink);
      return;
    }
    Tensor tensor = tensor(name, Tensor.Type.F32);
    float[] values = new float[ModelFileReader.BUFFER_BYTES / Float.BYTES];
    reader.take(
        tensor,
        (from, count, bytes) -> {
          bytes.asFloatBuffer().get(values, 0, count);
          sink.accept(from, count, values);
        });
  }

  private void bfloatsInto(Tensor tensor, FloatSink sink) {
    float[] values = new float[ModelFileReader.BUFFER_BYTES / Short.BYTES];
    reader.take(
        tensor,
        (from, count, bytes) -> {
          ShortBuffer halves = bytes.asShortBuffer();
          for (int i = 0; i < count; i++) {
            values[i] = Numerics.ofBfloat16(halves.get(i));
          }
          sink.accept(from, count, values);
        });
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelFormatException(reader.path() + " must have a tensor " + name);
    }
    return tensor;
  }

  private Tensor tensor(String name, Tensor.Type type) {
    Tensor tensor = tensor(name);
    if (tensor.type() != type) {
      throw new ModelFormatException(
          name + ".dtype must be " + type + ", got " + tensor.type() + " in " + reader.path());
    }
    return tensor;
  }
}
