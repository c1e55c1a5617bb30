package dev.discount.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.kernel.Numerics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

  /** More than one buffer, and not a multiple of it. */
  private static final int TABLE = 3 * ModelFileReader.BUFFER_BYTES / Float.BYTES + 5;

  @TempDir Path folder;

  @Test
  void floatsInto_largeTensor_deliversRunsInOrder() {
    Path path = folder.resolve("table");
    ModelFile.builder().floats("table", new long[] {TABLE}, ModelFileTest::count).write(path);
    List<Long> starts = new ArrayList<>();
    long[] end = new long[1];

    ModelFile.read(path)
        .floatsInto(
            "table",
            (from, count, values) -> {
              starts.add(from);
              assertEquals(end[0], from);
              for (int i = 0; i < count; i++) {
                assertEquals((float) (from + i), values[i]);
              }
              end[0] = from + count;
            });

    assertEquals(4, starts.size());
    assertEquals(TABLE, end[0]);
  }

  @Test
  void floats_largeTensor_equalsTheSource() {
    Path path = folder.resolve("table");
    float[] expected = new float[TABLE];
    count(0, TABLE, expected);
    ModelFile.builder().floats("table", expected, TABLE).bytes("b", new byte[3], 3).write(path);

    assertArrayEquals(expected, ModelFile.read(path).floats("table"));
  }

  @Test
  void bfloat16s_largeTensor_isRoundedAndReadsBackExactly() throws IOException {
    Path path = folder.resolve("table");
    ModelFile.builder()
        .bfloat16s("table", new long[] {TABLE, 1}, (from, count, out) -> sines(from, count, out))
        .bytes("b", new byte[3], 3)
        .floats("f", new float[] {1.5f}, 1)
        .write(path);

    ModelFile file = ModelFile.read(path);
    assertTrue(file.isBfloat16("table"));
    assertFalse(file.isBfloat16("f"));
    assertEquals(List.of("f", "table", "b"), List.copyOf(file.names()), "widest first");
    float[] expected = new float[TABLE];
    sines(0, TABLE, expected);
    float[] read = new float[TABLE];
    file.floatsInto(
        "table", (from, count, values) -> System.arraycopy(values, 0, read, (int) from, count));
    for (int i = 0; i < TABLE; i++) {
      assertEquals(Numerics.ofBfloat16(Numerics.bfloat16(expected[i])), read[i]);
    }
    assertThrows(ModelFormatException.class, () -> file.floats("table"));
  }

  private static void sines(long from, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = (float) Math.sin(from + i);
    }
  }

  @Test
  void write_anyOrderOfCalls_givesEqualBytes() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    ModelFile.builder()
        .metadata("a", "1")
        .metadata("b", "2")
        .ints("i", new int[2], 2)
        .longs("l", new long[1], 1)
        .ints("h", new int[] {7}, 1)
        .write(one);
    ModelFile.builder()
        .ints("h", new int[] {7}, 1)
        .longs("l", new long[1], 1)
        .metadata("b", "2")
        .ints("i", new int[2], 2)
        .metadata("a", "1")
        .write(other);

    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(other));
    assertEquals(ModelFile.read(one).sha256(), ModelFile.read(other).sha256());
  }

  @Test
  void write_oneBitOfDifference_givesAnotherChecksum() {
    String zero = ModelFile.builder().floats("x", new float[] {0f}, 1).sha256();
    String minusZero = ModelFile.builder().floats("x", new float[] {-0f}, 1).sha256();

    assertNotEquals(zero, minusZero);
  }

  @Test
  void write_returnsTheChecksumOfTheFile() {
    Path path = folder.resolve("m");
    ModelFileBuilder builder = ModelFile.builder().floats("x", new float[] {0.5f}, 1);

    assertEquals(builder.sha256(), builder.write(path));
    assertEquals(builder.sha256(), ModelFile.read(path).sha256());
  }

  @Test
  void write_tensorsBeginAligned() throws IOException {
    Path path = folder.resolve("m");
    for (int length = 0; length < 70; length++) {
      ModelFile.builder().metadata("k", "v".repeat(length)).write(path);

      assertEquals(0, Files.size(path) % Header.ALIGNMENT);
    }
  }

  @Test
  void write_sourceThrows_leavesTheOldFileAndNoOther() throws IOException {
    Path path = folder.resolve("m");
    ModelFile.builder().metadata("k", "old").write(path);
    IllegalStateException failure = new IllegalStateException("disk of the host is gone");
    ModelFileBuilder broken =
        ModelFile.builder()
            .floats(
                "table",
                new long[] {TABLE},
                (from, count, out) -> {
                  if (from > 0) {
                    throw failure;
                  }
                });

    assertSame(failure, assertThrows(IllegalStateException.class, () -> broken.write(path)));

    assertEquals("old", ModelFile.read(path).metadata("k"));
    assertEquals(List.of(path), list(folder));
  }

  @Test
  void write_whileWriting_theOldFileStands() {
    Path path = folder.resolve("m");
    ModelFile.builder().metadata("k", "old").write(path);

    ModelFile.builder()
        .metadata("k", "new")
        .floats(
            "table",
            new long[] {TABLE},
            (from, count, out) -> assertEquals("old", ModelFile.read(path).metadata("k")))
        .write(path);

    assertEquals("new", ModelFile.read(path).metadata("k"));
  }

  @Test
  void write_abandonedTemporaryFile_isLeftAloneAndInNobodysWay() throws IOException {
    Path path = folder.resolve("m");
    Path abandoned = Files.writeString(folder.resolve(".m.0.tmp"), "of a process that died");

    ModelFile.builder().metadata("k", "v").write(path);

    assertEquals("v", ModelFile.read(path).metadata("k"));
    assertEquals("of a process that died", Files.readString(abandoned));
    assertEquals(2, list(folder).size());
  }

  @Test
  void write_targetIsAFolder_throwsAndLeavesNothing() throws IOException {
    Path target = Files.createDirectory(folder.resolve("m"));
    Files.writeString(target.resolve("inside"), "kept");

    assertThrows(
        UncheckedIOException.class, () -> ModelFile.builder().metadata("k", "v").write(target));

    assertEquals(List.of(target), list(folder));
    assertEquals("kept", Files.readString(target.resolve("inside")));
  }

  @Test
  void write_missingFolder_throws() {
    Path path = folder.resolve("absent").resolve("m");

    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> ModelFile.builder().write(path));

    assertTrue(e.getMessage().startsWith("cannot write "), e.getMessage());
  }

  @Test
  void floats_fileReplacedSinceItWasRead_throws() throws IOException {
    Path path = folder.resolve("m");
    ModelFile.builder().floats("x", new float[] {1f, 2f}, 2).write(path);
    ModelFile file = ModelFile.read(path);
    ModelFile.builder().floats("x", new float[] {1f, 3f}, 2).write(path);

    ModelFormatException e = assertThrows(ModelFormatException.class, () -> file.floats("x"));
    assertTrue(e.getMessage().endsWith("must not change while it is read, got other bytes for x"));

    Files.write(path, new byte[3]);
    assertThrows(ModelFormatException.class, () -> file.floats("x"));
    Files.delete(path);
    assertThrows(UncheckedIOException.class, () -> file.floats("x"));
  }

  @Test
  void read_missingFile_throws() {
    assertThrows(UncheckedIOException.class, () -> ModelFile.read(folder.resolve("absent")));
  }

  @Test
  void accessors_absentOrOfAnotherKind_throwNamingIt() {
    Path path = folder.resolve("m");
    ModelFile.builder().floats("x", new float[6], 2, 3).write(path);
    ModelFile file = ModelFile.read(path);

    assertTrue(file.has("x"));
    assertFalse(file.has("y"));
    assertMessage(path + " must have a tensor y", () -> file.floats("y"));
    assertMessage("x.dtype must be I32, got F32 in " + path, () -> file.ints("x"));
    assertMessage(path + " must have a metadata entry k", () -> file.metadata("k"));
    assertSame(file, file.requireShape("x", 2, 3));
    assertMessage("x.shape must be [3, 2], got [2, 3]", () -> file.requireShape("x", 3, 2));
  }

  @Test
  void builder_wrongArguments_throwNamingThem() {
    ModelFileBuilder builder = ModelFile.builder().metadata("k", "v").ints("i", new int[1], 1);
    String half = "\ud800";

    assertArgument("key must be new, got k twice", () -> builder.metadata("k", "w"));
    assertArgument(
        "key must not be blank, sha256 or format, got \"sha256\"",
        () -> builder.metadata("sha256", ""));
    assertArgument("value of h must be well-formed text", () -> builder.metadata("h", half));
    assertArgument("name must be new, got i twice", () -> builder.bytes("i", new byte[1], 1));
    assertArgument(
        "name must not be blank or __metadata__, got \"__metadata__\"",
        () -> builder.ints("__metadata__", new int[1], 1));
    assertArgument(
        "shape of w must have the product 6, got [2, 2]",
        () -> builder.floats("w", new float[6], 2, 2));
    assertArgument("shape[1] must be >= 0, got -1", () -> builder.ints("n", new int[0], 0, -1));
  }

  @Test
  void builder_shapeBeyondLong_throws() {
    ModelFileBuilder builder = ModelFile.builder();
    long[] shape = {Long.MAX_VALUE / 4, 2};

    assertArgument(
        "shape must take less than 2^63 bytes, got [2305843009213693951, 2]",
        () -> builder.floats("t", shape, (from, count, out) -> {}));
  }

  @Test
  void write_headerBeyondTheLimit_throws() {
    ModelFileBuilder builder =
        ModelFile.builder().metadata("k", "v".repeat((int) Header.MAX_BYTES));

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> builder.write(folder.resolve("m")));
    assertTrue(e.getMessage().startsWith("metadata and names must fit a header of 100000000"));
  }

  @Test
  void read_unknownVersion_throwsNamingIt() throws IOException {
    Path path = folder.resolve("m");
    RawModelFile.of(RawModelFile.header("discount-model/2", ""), new byte[0]).write(path);

    assertMessage(
        path + ": format must be discount-model/1, got discount-model/2",
        () -> ModelFile.read(path));
  }

  @Test
  void rawModelFile_validHeader_isRead() throws IOException {
    Path path = folder.resolve("m");
    String tensor = ",\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}";
    byte[] data = "ab".getBytes(StandardCharsets.US_ASCII);
    RawModelFile.of(RawModelFile.header("discount-model/1", tensor), data).write(path);

    assertArrayEquals(data, ModelFile.read(path).bytes("x"));
  }

  private static void count(long from, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = from + i;
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(ModelFormatException.class, call::run).getMessage());
  }

  private static void assertArgument(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
