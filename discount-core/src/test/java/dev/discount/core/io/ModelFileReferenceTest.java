package dev.discount.core.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares with {@code reference.safetensors}, which {@code src/test/reference/model_file.py} wrote
 * with Python 3.11 and numpy 1.24.
 */
class ModelFileReferenceTest {

  private static final float[] WEIGHTS = {
    1.5f, -0f, Float.POSITIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f
  };
  private static final int[] NAN_BITS = {0x7fc12345, 0xff800001};
  private static final String CART = "\ud83d\uded2";

  @TempDir Path folder;

  static byte[] reference() throws IOException {
    String name = "reference.safetensors";
    try (InputStream in = ModelFileReferenceTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @Test
  void write_sameContent_givesTheBytesOfTheScript() throws IOException {
    Path file = folder.resolve("ours.safetensors");

    example().write(file);

    assertArrayEquals(reference(), Files.readAllBytes(file));
  }

  @Test
  void read_fileOfTheScript_givesItsContent() throws IOException {
    Path path = folder.resolve("theirs.safetensors");
    Files.write(path, reference());

    ModelFile file = ModelFile.read(path);

    assertEquals(
        Map.of(
            "schema",
            "{\"fields\":[\"a\\b\",\"c\td\"]}\n\u0001\u007f",
            "empty",
            "",
            "\uff21 key",
            "after the basic plane ends: " + CART,
            CART,
            "code points, not UTF-16, give the order"),
        file.metadata());
    assertArrayEquals(WEIGHTS, file.floats("weights"));
    assertArrayEquals(new long[] {2, 3}, file.shape("weights"));
    float[] odd = file.floats("weights.nan");
    for (int i = 0; i < odd.length; i++) {
      assertEquals(NAN_BITS[i], Float.floatToRawIntBits(odd[i]));
    }
    assertArrayEquals(new float[] {0.25f}, file.floats("scalar"));
    assertArrayEquals(new long[0], file.shape("scalar"));
    assertArrayEquals(new long[] {0, 4}, file.shape("none"));
    assertEquals(0, file.floats("none").length);
    assertArrayEquals(new double[] {0.1, -1e-320, 1e300}, file.doubles("means"));
    assertArrayEquals(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, file.longs("ids"));
    assertArrayEquals(new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE}, file.ints("kinds"));
    assertEquals("größe", new String(file.bytes(CART + " text"), UTF_8));
    assertArrayEquals(new byte[] {0, 127, -128, -1}, file.bytes("\uff21 text"));
    assertEquals(9, file.names().size());
  }

  @Test
  void sha256_beforeWriting_isThatOfTheScript() throws IOException {
    String header = new String(reference(), UTF_8);
    int begin = header.indexOf("\"sha256\":\"") + 10;

    assertEquals(header.substring(begin, begin + 64), example().sha256());
  }

  private static ModelFileBuilder example() {
    float[] odd = new float[NAN_BITS.length];
    for (int i = 0; i < odd.length; i++) {
      odd[i] = Float.intBitsToFloat(NAN_BITS[i]);
    }
    return ModelFile.builder()
        .bytes("\uff21 text", new byte[] {0, 127, -128, -1}, 4)
        .bytes(CART + " text", "größe".getBytes(UTF_8), 7)
        .floats("scalar", new float[] {0.25f})
        .floats("weights.nan", odd, 2)
        .floats(
            "weights",
            new long[] {2, 3},
            (from, count, out) -> System.arraycopy(WEIGHTS, (int) from, out, 0, count))
        .floats("none", new float[0], 0, 4)
        .ints("kinds", new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE}, 3)
        .longs("ids", new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 2, 1)
        .doubles("means", new double[] {0.1, -1e-320, 1e300}, 3)
        .metadata(CART, "code points, not UTF-16, give the order")
        .metadata("\uff21 key", "after the basic plane ends: " + CART)
        .metadata("empty", "")
        .metadata("schema", "{\"fields\":[\"a\\b\",\"c\td\"]}\n\u0001\u007f");
  }
}
