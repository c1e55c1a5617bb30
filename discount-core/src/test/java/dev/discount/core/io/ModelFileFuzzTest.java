package dev.discount.core.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but the file that was written is ever read, and refusing it costs little memory. */
class ModelFileFuzzTest {

  private static final String GOOD = "{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}";
  private static final byte[] DATA = {1, 2};

  /** Far below any size a header could claim, above what reading a file of a kilobyte needs. */
  private static final long ALLOCATION_LIMIT_BYTES = 1 << 20;

  @TempDir Path folder;

  @Test
  void read_everyByteChanged_throws() throws IOException {
    byte[] bytes = ModelFileReferenceTest.reference();
    Path path = folder.resolve("m");
    for (int i = 0; i < bytes.length; i++) {
      for (int flip : new int[] {1 << (i % 8), 0xff}) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) flip;
        Files.write(path, changed);
        assertRefused(path);
      }
    }
  }

  @Test
  void read_everyPrefixAndOneMore_throws() throws IOException {
    byte[] bytes = ModelFileReferenceTest.reference();
    Path path = folder.resolve("m");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(path, Arrays.copyOf(bytes, length));
      assertRefused(path);
    }
    Files.write(path, Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused(path);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 100_000_001, 99_999_999, 988})
  void read_headerLengthBeyondTheFile_throws(long length) throws IOException {
    byte[] bytes = ModelFileReferenceTest.reference();
    for (int i = 0; i < Header.LENGTH_BYTES; i++) {
      bytes[i] = (byte) (length >>> (8 * i));
    }
    Path path = folder.resolve("m");
    Files.write(path, bytes);

    assertRefused(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[0,2] -> [0,3] | x.data_offsets must span the 2 bytes of its shape, got [0, 3]",
        "[0,2] -> [2,0] | x.data_offsets must span the 2 bytes of its shape, got [2, 0]",
        "[0,2] -> [-2,0] | x.data_offsets must span the 2 bytes of its shape, got [-2, 0]",
        "[0,2] -> [1,3] | x.data_offsets must begin where the tensor before ends, at 0, got 1",
        "[0,2] -> [0] | x must have dtype, shape and two data_offsets",
        "[0,2] -> [0,1,2] | x must have dtype, shape and two data_offsets",
        "[0,2] -> [0,1e0] | x.data_offsets must be END_ARRAY, got VALUE_NUMBER_FLOAT",
        "[0,2] -> `0` | x.data_offsets must be START_ARRAY, got VALUE_NUMBER_INT",
        "[2] -> [1] | x.data_offsets must span the 1 bytes of its shape, got [0, 2]",
        "[2] -> [-1,-2] | x.shape[0] must be >= 0, got -1",
        "[2] -> [4294967296,4294967296] | x.shape must take less than 2^63 bytes,"
            + " got [4294967296, 4294967296]",
        "U8 -> F64 | x.data_offsets must span the 16 bytes of its shape, got [0, 2]",
        "U8 -> BF16 | x.data_offsets must span the 4 bytes of its shape, got [0, 2]",
        "U8 -> F16 | x.dtype must be one of [F64, I64, F32, I32, BF16, U8], got F16",
        "dtype -> type | x must have dtype, shape and data_offsets only, got type",
        "`}` -> `,\"more\":1}` | x must have dtype, shape and data_offsets only, got more",
        "`,\"shape\":[2]` -> `` | x must have dtype, shape and two data_offsets",
      })
  void read_wrongTensorEntry_throwsNamingTheRule(String change, String message) throws IOException {
    String[] parts = change.replace("`", "").split(" -> ?", 2);

    assertHeader(",\"x\":" + GOOD.replace(parts[0].strip(), parts[1].strip()), message);
  }

  @Test
  void read_overlapGapAndRest_throw() throws IOException {
    String one = "{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[";

    assertHeader(
        ",\"x\":" + one + "0,1]},\"y\":" + one + "0,1]}",
        "y.data_offsets must begin where the tensor before ends, at 1, got 0");
    assertHeader(
        ",\"x\":" + one + "1,2]}",
        "x.data_offsets must begin where the tensor before ends, at 0, got 1");
    assertHeader(",\"x\":" + one + "0,1]}", "tensors must cover the file's 2 bytes of data, got 1");
    assertHeader("", "tensors must cover the file's 2 bytes of data, got 0");
  }

  @Test
  void read_duplicateKeys_throw() throws IOException {
    assertHeader(",\"x\":" + GOOD + ",\"x\":" + GOOD, "header must be JSON: Duplicate field 'x'");
    assertHeader(
        ",\"__metadata__\":{},\"x\":" + GOOD,
        "header must be JSON: Duplicate field '__metadata__'");
    assertHeader(
        ",\"x\":" + GOOD.replace("}", ",\"dtype\":\"U8\"}"),
        "header must be JSON: Duplicate field 'dtype'");
  }

  @Test
  void read_strayJson_throws() throws IOException {
    assertHeader(",\"x\":" + GOOD + "}{", "header must end after its object");
    assertHeader(",\"\":" + GOOD, "a tensor's name must not be empty");
    assertHeader(",\"x\":null", "x must be START_OBJECT, got VALUE_NULL");
    assertBroken(",\"\\ud800\":" + GOOD);
    assertBroken(",\"x\":" + GOOD + ",");
    assertBroken(",\"x\":" + GOOD.replace("2", "02"));
    assertBroken(",\"x\":" + GOOD.replace("2", "99999999999999999999"));
    assertBroken(",\"x\":" + GOOD.replace("2", "1".repeat(2000)));
    assertHeader(
        ",\"x\":" + GOOD.replace("[2]", "[".repeat(50_000)),
        "x.shape must be END_ARRAY, got START_ARRAY");
    assertBroken(",\"x\":" + GOOD.replace('"', '\''));
    assertBroken("/* x */,\"x\":" + GOOD);
    assertBroken(",\"x\u0001\":" + GOOD);
  }

  @Test
  void parse_metadataThatIsNoText_throws() {
    byte[] header = (Header.PREFIX + "0".repeat(64) + "\",\"format\":1}}").getBytes(UTF_8);
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> Header.parse(header, 0));

    assertEquals("__metadata__.format must be VALUE_STRING, got VALUE_NUMBER_INT", e.getMessage());
    byte[] half = (Header.PREFIX + "0".repeat(64) + "\",\"format\":\"\\ud800\"}}").getBytes(UTF_8);
    e = assertThrows(ModelFormatException.class, () -> Header.parse(half, 0));

    assertEquals("__metadata__.format must be well-formed text", e.getMessage());
  }

  @Test
  void parse_headerThatIsNotUtf8_throws() {
    for (String wrong : new String[] {"c3", "c0af", "eda080", "f4908080", "ff"}) {
      String bytes = new String(HexFormat.of().parseHex(wrong), ISO_8859_1);
      String header = RawModelFile.header("discount-model/1", ",\"" + bytes + "\":" + GOOD);

      ModelFormatException e =
          assertThrows(
              ModelFormatException.class, () -> Header.parse(header.getBytes(ISO_8859_1), 2));
      assertEquals("header must be JSON in UTF-8", e.getMessage());
    }
  }

  @Test
  void parse_randomChangesOfAHeader_throwNothingElse() {
    String other = ",\"y\":{\"dtype\":\"I32\",\"shape\":[2,1],\"data_offsets\":[2,10]}";
    String header = RawModelFile.header("discount-model/1", ",\"x\":" + GOOD + other);
    byte[] alphabet = "{}[],:\"\\u0019.-+eE tfn\u0000".getBytes(UTF_8);
    SplittableRandom random = new SplittableRandom(17);
    int refused = 0;
    int rounds = 20_000;
    for (int round = 0; round < rounds; round++) {
      byte[] changed = header.getBytes(UTF_8);
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(changed.length - 160, changed.length);
        changed[at] =
            random.nextBoolean()
                ? alphabet[random.nextInt(alphabet.length)]
                : (byte) random.nextInt(256);
      }
      try {
        Header.parse(changed, 10);
      } catch (ModelFormatException e) {
        refused++;
      }
    }
    // A changed letter of a name or of the metadata leaves a header that is as good.
    assertTrue(refused > rounds / 2 && refused < rounds, "refused " + refused);
    assertEquals(2, Header.parse(header.getBytes(UTF_8), 10).tensors().size());
  }

  private void assertHeader(String rest, String message) throws IOException {
    Path path = write(rest);
    String actual =
        assertThrows(ModelFormatException.class, () -> ModelFile.read(path)).getMessage();
    assertEquals(path + ": " + message, actual);
  }

  private void assertBroken(String rest) throws IOException {
    Path path = write(rest);
    String actual =
        assertThrows(ModelFormatException.class, () -> ModelFile.read(path)).getMessage();
    assertTrue(actual.startsWith(path + ": header must be JSON: "), actual);
  }

  private Path write(String rest) throws IOException {
    Path path = folder.resolve("m");
    RawModelFile.of(RawModelFile.header("discount-model/1", rest), DATA).write(path);
    return path;
  }

  private static void assertRefused(Path path) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThrows(ModelFormatException.class, () -> ModelFile.read(path));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < ALLOCATION_LIMIT_BYTES, "allocated " + allocated);
    assertThrows(ModelFormatException.class, () -> ModelFile.load(path, task -> {}, file -> file));
  }
}
