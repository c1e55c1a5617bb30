package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes, the reader ends with decisions or with its named exception. */
class DecisionLogFuzzTest {

  private static final int ROUNDS = 1_200;

  @TempDir private Path folder;
  private final MemoryKeys keys = new MemoryKeys();

  @Test
  void next_garbledSegments_throwTheNamedExceptionOrRead() throws IOException {
    Shop.write(folder, keys, 0, 60);
    Path segment = new SegmentFiles(folder).path(1);
    byte[] whole = Files.readAllBytes(segment);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = garble(whole, round);
      if (round % 2 == 0) {
        rehash(bytes);
      }
      Files.write(segment, bytes);
      refused += readAll() ? 0 : 1;
    }
    assertTrue(refused > ROUNDS / 3 && refused < ROUNDS, "refused " + refused);
  }

  private static byte[] garble(byte[] whole, int round) {
    long draw = 20L * round;
    int changes = 1 + (int) (Shop.unit(draw) * 6);
    byte[] bytes =
        round % 5 == 0
            ? Arrays.copyOf(whole, (int) (Shop.unit(draw + 1) * whole.length))
            : whole.clone();
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = (int) (Shop.unit(draw + 2 + 2L * i) * bytes.length);
      bytes[at] = (byte) (256 * Shop.unit(draw + 3 + 2L * i));
    }
    return bytes;
  }

  /** Gives garbled blocks the hashes and seals they need to be looked into. */
  private void rehash(byte[] bytes) {
    Chain chain = new Chain();
    BlockSeal seal = new BlockSeal(keys.logKey());
    int header = SegmentHeader.BYTES - Chain.HASH_BYTES;
    if (bytes.length < SegmentHeader.BYTES) {
      return;
    }
    chain.hashInto(bytes, 0, header, bytes, header);
    int previous = header;
    for (int at = SegmentHeader.BYTES; at < bytes.length; ) {
      long length = Block.lengthAt(bytes, at, bytes.length - at);
      if (length < 0) {
        return;
      }
      System.arraycopy(bytes, previous, bytes, at + Block.PREVIOUS_AT, Chain.HASH_BYTES);
      byte[] block = Arrays.copyOfRange(bytes, at, at + (int) length);
      chain.closeBlock(block, block.length, seal);
      System.arraycopy(block, 0, bytes, at, Block.HEADER_BYTES);
      previous = at + Block.HASH_AT;
      at += (int) length;
    }
  }

  private boolean readAll() {
    Rows rows = new Rows(Shop.SCHEMA, 1);
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      while (reader.next()) {
        if (reader.record().setup().schema().equals(Shop.SCHEMA)) {
          rows.clear();
          reader.record().addRow(rows);
        }
      }
      return true;
    } catch (LogFormatException e) {
      return false;
    }
  }

  @Test
  void open_garbledKeyFile_throwsTheNamedExceptionOrReads() throws IOException {
    Path file = folder.resolve("keys");
    try (FileCustomerKeys made = FileCustomerKeys.open(file)) {
      for (int i = 0; i < 20; i++) {
        made.keyOf("customer " + i);
      }
    }
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      Files.write(file, garble(whole, round));
      try (FileCustomerKeys read = FileCustomerKeys.open(file)) {
        assertTrue(read.size() <= 20);
      } catch (LogFormatException e) {
        refused++;
      }
    }
    assertTrue(refused > 100 && refused < 300, "refused " + refused);
  }
}
