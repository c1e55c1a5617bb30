package dev.discount.core.io;

import java.util.Arrays;
import java.util.List;

/**
 * One entry of a file's header: where a tensor's bytes stand and what they mean. Immutable.
 *
 * @param name the name, not empty
 * @param type the type of an element
 * @param shape the extents, each 0 or more; none for a scalar
 * @param begin the first byte, counted from the end of the header
 * @param end the byte after the last
 */
record Tensor(String name, Type type, List<Long> shape, long begin, long end) {

  /** The longest array that every JVM can make. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /** The types of an element, the widest first: in this order no tensor needs padding. */
  enum Type {
    F64(Double.BYTES),
    I64(Long.BYTES),
    F32(Float.BYTES),
    I32(Integer.BYTES),
    BF16(Short.BYTES),
    U8(Byte.BYTES);

    final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  /** Returns the number of elements. */
  long count() {
    return (end - begin) / type.bytes;
  }

  /**
   * Returns the number of elements of a shape.
   *
   * @throws IllegalArgumentException if an extent is negative, or the tensor's bytes would exceed a
   *     {@code long}
   */
  static long count(Type type, long... shape) {
    boolean empty = false;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0) {
        throw new IllegalArgumentException("shape[" + i + "] must be >= 0, got " + shape[i]);
      }
      empty |= shape[i] == 0;
    }
    long product = empty ? 0 : 1;
    for (int i = 0; i < shape.length && !empty; i++) {
      if (product > Long.MAX_VALUE / type.bytes / shape[i]) {
        throw new IllegalArgumentException(
            "shape must take less than 2^63 bytes, got " + Arrays.toString(shape));
      }
      product *= shape[i];
    }
    return product;
  }

  /**
   * Returns the number of elements as the length of an array.
   *
   * @throws ModelFormatException if no array is that long
   */
  int arrayLength() {
    if (count() > MAX_ARRAY) {
      throw new ModelFormatException(
          name
              + " must have at most "
              + MAX_ARRAY
              + " elements to be read as one array, got "
              + count());
    }
    return (int) count();
  }

  /** Returns the shape as an array of its own. */
  long[] shapeArray() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
