package dev.discount.core.io;

import dev.discount.core.internal.kernel.Numerics;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects tensors and text entries and writes them as one file. The order of the calls does not
 * matter: equal content gives equal bytes. Confined to one thread.
 *
 * <p>Arrays are not copied, so that a model is not held twice; they must stay as they are until
 * {@link #write} returns.
 */
public final class ModelFileBuilder {

  private final Map<String, String> metadata = new TreeMap<>(Header.BY_CODE_POINT);
  private final Map<String, ModelFileWriter.Content> contents = new HashMap<>();

  ModelFileBuilder() {}

  /**
   * Adds a text entry.
   *
   * @param key its key, not blank, well-formed and not one of the format's own ({@code sha256},
   *     {@code format})
   * @param value well-formed text
   * @throws IllegalArgumentException if the key is taken or one of them is not allowed
   */
  public ModelFileBuilder metadata(String key, String value) {
    ModelFileWriter.checkEntry(key, value);
    if (metadata.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("key must be new, got " + key + " twice");
    }
    return this;
  }

  /**
   * Adds a tensor of 32-bit floats.
   *
   * @param name its name, not blank, new
   * @param values the elements, row-major; not copied
   * @param shape the extents, whose product is {@code values.length}; none for one element
   */
  public ModelFileBuilder floats(String name, float[] values, long... shape) {
    return add(
        name,
        Tensor.Type.F32,
        checkLength(name, values.length, shape),
        (from, count, out) -> out.asFloatBuffer().put(values, (int) from, count));
  }

  /**
   * Adds a tensor of 32-bit floats that comes piece by piece, such as a paged table.
   *
   * @param name its name, not blank, new
   * @param shape the extents
   * @param source the elements; asked for while {@link #write} runs, and its exceptions end it
   */
  public ModelFileBuilder floats(String name, long[] shape, FloatSource source) {
    float[] values = new float[ModelFileReader.BUFFER_BYTES / Float.BYTES];
    return add(
        name,
        Tensor.Type.F32,
        shape,
        (from, count, out) -> {
          source.copyInto(from, count, values);
          out.asFloatBuffer().put(values, 0, count);
        });
  }

  /**
   * Adds a tensor of bfloat16 that comes piece by piece, rounded to the nearest, ties to even.
   *
   * @param name its name, not blank, new
   * @param shape the extents
   * @param source the elements; asked for while {@link #write} runs, and its exceptions end it
   */
  public ModelFileBuilder bfloat16s(String name, long[] shape, FloatSource source) {
    float[] values = new float[ModelFileReader.BUFFER_BYTES / Short.BYTES];
    return add(
        name,
        Tensor.Type.BF16,
        shape,
        (from, count, out) -> {
          source.copyInto(from, count, values);
          ShortBuffer halves = out.asShortBuffer();
          for (int i = 0; i < count; i++) {
            halves.put(i, Numerics.bfloat16(values[i]));
          }
        });
  }

  /**
   * Adds a tensor of 64-bit floats.
   *
   * @param name its name, not blank, new
   * @param values the elements, row-major; not copied
   * @param shape the extents, whose product is {@code values.length}; none for one element
   */
  public ModelFileBuilder doubles(String name, double[] values, long... shape) {
    return add(
        name,
        Tensor.Type.F64,
        checkLength(name, values.length, shape),
        (from, count, out) -> out.asDoubleBuffer().put(values, (int) from, count));
  }

  /**
   * Adds a tensor of 32-bit integers.
   *
   * @param name its name, not blank, new
   * @param values the elements, row-major; not copied
   * @param shape the extents, whose product is {@code values.length}; none for one element
   */
  public ModelFileBuilder ints(String name, int[] values, long... shape) {
    return add(
        name,
        Tensor.Type.I32,
        checkLength(name, values.length, shape),
        (from, count, out) -> out.asIntBuffer().put(values, (int) from, count));
  }

  /**
   * Adds a tensor of 64-bit integers.
   *
   * @param name its name, not blank, new
   * @param values the elements, row-major; not copied
   * @param shape the extents, whose product is {@code values.length}; none for one element
   */
  public ModelFileBuilder longs(String name, long[] values, long... shape) {
    return add(
        name,
        Tensor.Type.I64,
        checkLength(name, values.length, shape),
        (from, count, out) -> out.asLongBuffer().put(values, (int) from, count));
  }

  /**
   * Adds a tensor of bytes.
   *
   * @param name its name, not blank, new
   * @param values the elements, row-major; not copied
   * @param shape the extents, whose product is {@code values.length}; none for one element
   */
  public ModelFileBuilder bytes(String name, byte[] values, long... shape) {
    return add(
        name,
        Tensor.Type.U8,
        checkLength(name, values.length, shape),
        (from, count, out) -> out.put(values, (int) from, count));
  }

  /**
   * Writes the file. The bytes go to a temporary file in the same folder, are forced to the disk
   * and moved into place in one step, so that a reader sees the old file or the new one and nothing
   * else; if anything throws, the old file stands and the temporary one is removed.
   *
   * @param path the file; what is there is replaced, a symbolic link itself and not its target
   * @return the checksum, as {@link ModelFile#sha256} of the file
   */
  public String write(Path path) {
    return new ModelFileWriter(metadata, contents.values()).write(path);
  }

  /** Returns the checksum that {@link #write} would return. Cost: one pass over the content. */
  public String sha256() {
    return new ModelFileWriter(metadata, contents.values()).sha256();
  }

  private ModelFileBuilder add(
      String name, Tensor.Type type, long[] shape, ModelFileWriter.Fill fill) {
    List<Long> extents = Arrays.stream(shape).boxed().toList();
    ModelFileWriter.Content content =
        new ModelFileWriter.Content(name, type, extents, Tensor.count(type, shape), fill);
    if (contents.putIfAbsent(name, content) != null) {
      throw new IllegalArgumentException("name must be new, got " + name + " twice");
    }
    return this;
  }

  private static long[] checkLength(String name, int length, long[] shape) {
    if (Tensor.count(Tensor.Type.F64, shape) != length) {
      throw new IllegalArgumentException(
          "shape of "
              + name
              + " must have the product "
              + length
              + ", got "
              + Arrays.toString(shape));
    }
    return shape;
  }
}
