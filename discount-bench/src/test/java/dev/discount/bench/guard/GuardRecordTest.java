package dev.discount.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.bench.Machine;
import dev.discount.bench.guard.GuardRecord.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardRecordTest {

  private static final GuardRecord RECORD =
      new GuardRecord(
          new Machine("amd-9", 2, 17, "a vm", "panama-512"),
          "abc",
          Map.of("b", new Figure(2000, 4), "a", new Figure(0.5, 160)));

  @TempDir Path folder;

  @Test
  void json_parsed_givesTheRecord() throws IOException {
    assertEquals(RECORD, GuardRecord.parse(RECORD.json()));
    assertEquals("amd-9-jdk17.json", RECORD.fileName());
    assertEquals(500, RECORD.figures().get("b").ratio());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"commit\" : \"abc\"|\"commit\" : 5|commit must be text, got 5",
        "\"jdk\" : 17|\"jdk\" : \"?\"|jdk must be > 0 and finite, got \"?\"",
        "2000.0|0|perSecond must be > 0 and finite, got 0"
      })
  void parse_brokenPart_throwsNamingIt(String part, String broken, String message)
      throws IOException {
    String json = RECORD.json().replace(part, broken);
    var thrown = assertThrows(IOException.class, () -> GuardRecord.parse(json));
    assertEquals(message, thrown.getMessage());
  }

  @Test
  void readAll_folder_readsItsRecordsInOrder() throws IOException {
    assertEquals(List.of(), GuardRecord.readAll(folder.resolve("none")));
    GuardRecord other = new GuardRecord(RECORD.machine(), "def", Map.of());
    Files.writeString(folder.resolve("2.json"), RECORD.json());
    Files.writeString(folder.resolve("1.json"), other.json());
    Files.writeString(folder.resolve("readme.md"), "no record");
    assertEquals(List.of(other, RECORD), GuardRecord.readAll(folder));
    Files.writeString(folder.resolve("3.json"), "{}");
    var thrown = assertThrows(IOException.class, () -> GuardRecord.readAll(folder));
    assertEquals(
        folder.resolve("3.json")
            + " must be a record of the guard: cores must be > 0 and finite,"
            + " got ",
        thrown.getMessage().replace("cpu must be text", "cores must be > 0 and finite"));
  }

  @Test
  void checkedInRecords_figures_areThoseTheGuardMeasures() throws IOException {
    List<GuardRecord> records = GuardRecord.readAll(Path.of("src/guard"));
    assertFalse(records.isEmpty());
    var guarded =
        GuardedFigure.ALL.stream()
            .map(GuardedFigure::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(GuardedFigure.ALL.size(), guarded.size());
    for (GuardRecord record : records) {
      assertEquals(guarded, record.figures().keySet(), record.fileName());
    }
  }
}
