package dev.discount.policy.budget;

import dev.discount.core.data.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A population in a memory-mapped file of float32 pairs, in windows of whole customers. */
final class FilePopulation implements Population {

  private static final int WINDOW_BYTES = 1 << 30;

  private final int customers;
  private final int levels;
  private final int windowCustomers;
  private final FloatBuffer[] windows;

  private FilePopulation(int customers, int levels, int windowCustomers, FloatBuffer[] windows) {
    this.customers = customers;
    this.levels = levels;
    this.windowCustomers = windowCustomers;
    this.windows = windows;
  }

  static FilePopulation open(int levels, Path file) {
    return open(levels, file, WINDOW_BYTES);
  }

  /** Maps a file in windows of at most a number of bytes that holds a customer. */
  static FilePopulation open(int levels, Path file, int windowBytes) {
    Requirements.shape(levels, 2);
    int customerBytes = 2 * levels * Float.BYTES;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = channel.size();
      if (bytes == 0 || bytes % customerBytes != 0) {
        throw wrongSize(file, bytes, "a positive multiple of " + customerBytes + " bytes long");
      }
      long customers = bytes / customerBytes;
      if (customers > Integer.MAX_VALUE - 8) {
        throw wrongSize(file, bytes, "of at most 2147483639 customers");
      }
      int windowCustomers = windowBytes / customerBytes;
      int count = (int) ((customers + windowCustomers - 1) / windowCustomers);
      FloatBuffer[] windows = new FloatBuffer[count];
      for (int w = 0; w < count; w++) {
        long from = (long) w * windowCustomers * customerBytes;
        long size = Math.min((long) windowCustomers * customerBytes, bytes - from);
        windows[w] =
            channel
                .map(MapMode.READ_ONLY, from, size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
      }
      return new FilePopulation((int) customers, levels, windowCustomers, windows);
    } catch (IOException e) {
      throw new UncheckedIOException("file must be readable, got " + file, e);
    }
  }

  private static DataFormatException wrongSize(Path file, long bytes, String rule) {
    return new DataFormatException(file.toString(), 0, null, bytes + " bytes", rule);
  }

  @Override
  public int customers() {
    return customers;
  }

  @Override
  public int levels() {
    return levels;
  }

  @Override
  public void readInto(int firstCustomer, int count, float[] out) {
    int width = 2 * levels;
    int customer = firstCustomer;
    int end = firstCustomer + count;
    while (customer < end) {
      int window = customer / windowCustomers;
      int at = customer - window * windowCustomers;
      int here = Math.min(end - customer, windowCustomers - at);
      windows[window].get(at * width, out, (customer - firstCustomer) * width, here * width);
      customer += here;
    }
  }
}
