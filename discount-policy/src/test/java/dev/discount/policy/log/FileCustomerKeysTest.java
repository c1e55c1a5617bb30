package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCustomerKeysTest {

  @TempDir private Path folder;

  @Test
  void keyOf_openedAgain_theSameKey() {
    Path file = folder.resolve("keys");
    CustomerKey first;
    CustomerKey other;
    SecretKey log;
    try (FileCustomerKeys keys = FileCustomerKeys.open(file)) {
      log = keys.logKey();
      first = keys.keyOf("ann");
      other = keys.keyOf("böb");
      assertEquals(first, keys.keyOf("ann"));
      assertNotEquals(first.id(), other.id());
      assertNotEquals(first.secret(), other.secret());
    }
    try (FileCustomerKeys keys = FileCustomerKeys.open(file)) {
      assertEquals(2, keys.size());
      assertEquals(log, keys.logKey());
      assertEquals(32, log.getEncoded().length);
      assertEquals(first, keys.keyOf("ann"));
      assertEquals(other, keys.key(other.id()));
      assertTrue(keys.keyOf("cid").id() > other.id());
    }
  }

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
  }

  @Test
  void open_heldFile_staysLockedForOtherProcesses() throws IOException {
    Path file = folder.resolve("keys");
    try (FileCustomerKeys keys = FileCustomerKeys.open(file)) {
      assertThrows(LogWriteException.class, () -> FileCustomerKeys.open(file));
      Process stranger =
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
      assertEquals(
          "held", new String(stranger.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      assertEquals(0, keys.size());
    }
  }

  @Test
  void destroy_key_isGoneFromMemoryAndFile() throws IOException {
    Path file = folder.resolve("keys");
    CustomerKey key;
    try (FileCustomerKeys keys = FileCustomerKeys.open(file)) {
      keys.keyOf("before");
      key = keys.keyOf("ann of the lamps");
      keys.keyOf("after");
      long generation = keys.generation();
      assertTrue(keys.destroy("ann of the lamps"));
      assertFalse(keys.destroy("ann of the lamps"));
      assertNotEquals(generation, keys.generation());
      assertNull(keys.key(key.id()));
      assertNotEquals(key.id(), keys.keyOf("ann of the lamps").id());
      assertTrue(keys.destroy("ann of the lamps"));
    }
    byte[] bytes = Files.readAllBytes(file);
    assertFalse(new String(bytes, StandardCharsets.UTF_8).contains("ann"));
    byte[] secret = key.secret().getEncoded();
    for (int i = 0; i + secret.length <= bytes.length; i++) {
      assertFalse(Arrays.equals(bytes, i, i + secret.length, secret, 0, secret.length));
    }
    try (FileCustomerKeys keys = FileCustomerKeys.open(file)) {
      assertEquals(2, keys.size());
      assertNull(keys.key(key.id()));
    }
  }

  @Test
  void open_tornEnd_keepsTheRestAndNeverGivesAnIdTwice() throws IOException {
    Path file = folder.resolve("keys");
    long lost;
    try (FileCustomerKeys keys = FileCustomerKeys.open(file)) {
      keys.keyOf("ann");
      lost = keys.keyOf("bob").id();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 1; cut < 48; cut++) {
      Files.write(file, Arrays.copyOf(whole, whole.length - cut));
      try (FileCustomerKeys keys = FileCustomerKeys.open(file)) {
        assertEquals(1, keys.size());
        assertTrue(keys.keyOf("cid").id() > lost);
      }
    }
  }

  @Test
  void open_twiceOrForeign_isNamed() throws IOException {
    Path file = folder.resolve("keys");
    try (FileCustomerKeys keys = FileCustomerKeys.open(file)) {
      assertEquals(0, keys.size());
      LogWriteException thrown =
          assertThrows(LogWriteException.class, () -> FileCustomerKeys.open(file));
      assertEquals(LogWriteException.Problem.IN_USE, thrown.problem());
    }
    Path foreign = Files.writeString(folder.resolve("foreign"), "something else");
    assertThrows(LogFormatException.class, () -> FileCustomerKeys.open(foreign));
  }

  @Test
  void of_secretOfAnotherLength_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> CustomerKey.of(1, new byte[15]));
    assertEquals("CustomerKey[1]", CustomerKey.of(1, new byte[16]).toString());
  }
}
