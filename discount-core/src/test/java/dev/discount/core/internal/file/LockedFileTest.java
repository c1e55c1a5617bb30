package dev.discount.core.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One opener at a time, and refused ones that take nothing from the one who has the file. */
class LockedFileTest {

  @TempDir private Path folder;

  /** Another process that tries to lock a file. */
  static final class Stranger {
    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel =
          FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
        String found = channel.tryLock() == null ? "held" : "free";
        System.out.write(found.getBytes(StandardCharsets.US_ASCII));
        System.out.flush();
      }
    }

    static String finds(Path file) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Stranger.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static LockedFile open(Path path) throws IOException {
    return LockedFile.tryOpen(path, StandardOpenOption.WRITE);
  }

  @Test
  void tryOpen_heldFile_isRefusedAndStaysLockedForOtherProcesses() throws IOException {
    Path path = folder.resolve("file");
    try (LockedFile file = open(path)) {
      assertNotNull(file);
      assertNull(open(path));
      assertNull(open(folder.resolve(".").resolve("file")));
      assertNull(open(Files.createSymbolicLink(folder.resolve("link"), path)));
      assertNull(open(Files.createLink(folder.resolve("hard"), path)));
      assertEquals("held", Stranger.finds(path));
      file.channel().force(false);
    }
    assertEquals("free", Stranger.finds(path));
    try (LockedFile again = open(path)) {
      assertNotNull(again);
    }
  }

  @Test
  void close_again_takesNothingFromTheNextHolder() throws IOException {
    Path path = folder.resolve("file");
    LockedFile first = open(path);
    first.close();
    try (LockedFile second = open(path)) {
      assertNotNull(second);
      first.close();
      assertNull(open(path));
    }
  }

  @Test
  void close_afterAnInterruptClosedTheChannel_letsGo() throws IOException {
    Path path = folder.resolve("file");
    try (LockedFile file = open(path)) {
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> file.channel().force(false));
      assertTrue(Thread.interrupted());
    }
    try (LockedFile again = open(path)) {
      assertNotNull(again);
    }
  }

  @Test
  void tryOpen_thatFails_holdsNothing() throws IOException {
    Path missing = folder.resolve("missing").resolve("file");
    assertThrows(NoSuchFileException.class, () -> open(missing));
    Path path = folder.resolve("file");
    assertThrows(
        IllegalArgumentException.class,
        () -> LockedFile.tryOpen(path, StandardOpenOption.READ, StandardOpenOption.APPEND));
    try (LockedFile file = open(path)) {
      assertNotNull(file);
    }
  }
}
