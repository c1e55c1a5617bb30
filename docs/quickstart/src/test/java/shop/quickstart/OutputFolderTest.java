package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  @TempDir Path folder;

  @Test
  void close_withoutPublish_leavesTheOldFilesAlone() throws IOException {
    Path out = folder.resolve("out");
    write(out, "old", true);
    write(out, "new", false);
    assertEquals("old", Files.readString(out.resolve("a.txt")));
    assertEquals(List.of("a.txt"), names(out));
  }

  @Test
  void publish_again_replacesTheOldFiles() throws IOException {
    Path out = folder.resolve("deep/out");
    write(out, "old", true);
    write(out, "new", true);
    assertEquals("new", Files.readString(out.resolve("a.txt")));
    assertEquals(List.of("a.txt"), names(out));
  }

  @Test
  void new_folderIsAFile_saysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    UserError error = assertThrows(UserError.class, () -> new OutputFolder(file));
    assertTrue(error.getMessage().startsWith("-Dout must be a folder that can be written, got "));
  }

  private static void write(Path out, String content, boolean publish) throws IOException {
    try (OutputFolder results = new OutputFolder(out)) {
      Files.writeString(results.unfinished("a.txt"), content);
      if (publish) {
        results.publish();
      }
    }
  }

  private static List<String> names(Path out) throws IOException {
    try (Stream<Path> listing = Files.list(out)) {
      return listing.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
