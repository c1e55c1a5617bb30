package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationTest {

  private static final int CUSTOMERS = 1000;
  private static final int LEVELS = 3;

  @TempDir Path folder;

  private static float[] numbers() {
    float[] numbers = new float[CUSTOMERS * LEVELS * 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  private Path file(float[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return Files.write(folder.resolve("pairs"), bytes.array());
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 24 * 7, 24 * 999, 24 * 1000, 1 << 30})
  void file_anyWindow_readsWhatWasWritten(int windowBytes) throws IOException {
    float[] numbers = numbers();
    Population population = FilePopulation.open(LEVELS, file(numbers), windowBytes);
    assertEquals(CUSTOMERS, population.customers());
    assertEquals(LEVELS, population.levels());
    float[] all = new float[numbers.length];
    population.readInto(0, CUSTOMERS, all);
    assertArrayEquals(numbers, all);
    float[] some = new float[6 * 13];
    population.readInto(985, 13, some);
    for (int i = 0; i < some.length; i++) {
      assertEquals(985 * 6 + i, some[i]);
    }
  }

  @Test
  void file_solvesAsTheArray() throws IOException {
    float[] numbers = new float[CUSTOMERS * LEVELS * 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i / 2 % LEVELS) * (1 + i * 7 % 13);
    }
    Population file = Population.open(LEVELS, file(numbers));
    BudgetSolver solver = new BudgetSolver(1);
    assertEquals(
        solver.solve(Population.of(LEVELS, numbers), 5000).certificate(),
        solver.solve(file, 5000).certificate());
  }

  @Test
  void file_notWholeCustomers_isRefused() throws IOException {
    Path file = file(new float[7]);
    String message =
        assertThrows(DataFormatException.class, () -> Population.open(LEVELS, file)).getMessage();
    assertTrue(message.contains("24 bytes") && message.contains("28 bytes"), message);
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThrows(DataFormatException.class, () -> Population.open(LEVELS, empty));
    assertThrows(
        UncheckedIOException.class, () -> Population.open(LEVELS, folder.resolve("missing")));
  }

  @Test
  void array_wrongShape_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Population.of(3, new float[7]));
    assertThrows(IllegalArgumentException.class, () -> Population.of(3, new float[0]));
    assertThrows(IllegalArgumentException.class, () -> Population.of(0, new float[2]));
    assertThrows(IllegalArgumentException.class, () -> Population.of(65, new float[130]));
    assertThrows(IllegalArgumentException.class, () -> Population.of(1, 1, new float[2]));
  }

  @Test
  void groups_areCheckedAndRead() {
    Population two = Population.of(1, new float[4]);
    Population grouped =
        two.withGroups(2, new byte[] {1, 0}).inCurrency(Currency.getInstance("EUR"));
    byte[] groups = new byte[2];
    grouped.groupsInto(0, 2, groups);
    assertArrayEquals(new byte[] {1, 0}, groups);
    assertEquals(2, grouped.groups());
    assertEquals("EUR", grouped.currency().orElseThrow().getCurrencyCode());
    assertThrows(IllegalArgumentException.class, () -> two.withGroups(2, new byte[1]));
    assertThrows(IllegalArgumentException.class, () -> two.withGroups(2, new byte[] {0, 2}));
    assertThrows(IllegalArgumentException.class, () -> two.withGroups(257, new byte[2]));
  }

  @Test
  void sample_readsRunsOfTheWhole() {
    Population population = Population.of(LEVELS, numbers());
    SampledPopulation sample = new SampledPopulation(population, 10);
    assertEquals(160, sample.customers());
    assertEquals(1000 / 160.0, sample.weight());
    float[] read = new float[160 * 6];
    sample.readInto(0, 160, read);
    assertEquals(0, read[0]);
    assertEquals((1000 * 6) - 1, read[read.length - 1]);
    float[] part = new float[20 * 6];
    sample.readInto(27, 20, part);
    for (int i = 0; i < part.length; i++) {
      assertEquals(read[27 * 6 + i], part[i]);
    }
  }
}
