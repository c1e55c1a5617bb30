package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with write access to the folder may try, and that it is found. */
class DecisionLogChainTest {

  @TempDir private Path folder;
  private final MemoryKeys keys = new MemoryKeys();
  private SegmentFiles files;
  private LogHead middle;
  private LogHead end;

  @BeforeEach
  void writeThreeSegments() {
    files = new SegmentFiles(folder);
    Shop.write(folder, keys, 0, 200);
    middle = Shop.write(folder, keys, 200, 400);
    end = Shop.write(folder, keys, 400, 600);
    assertEquals(3, DecisionLogReader.check(folder, middle, end).segments());
  }

  private void checkIsBroken() {
    assertThrows(LogFormatException.class, () -> DecisionLogReader.check(folder, end));
  }

  @Test
  void check_segmentRemoved_isFound() throws IOException {
    byte[] second = Files.readAllBytes(files.path(2));
    Files.delete(files.path(2));
    checkIsBroken();
    Files.write(files.path(2), second);
    Files.delete(files.path(1));
    checkIsBroken();
  }

  @Test
  void check_segmentsSwapped_isFound() throws IOException {
    byte[] second = Files.readAllBytes(files.path(2));
    Files.copy(files.path(3), files.path(2), StandardCopyOption.REPLACE_EXISTING);
    Files.write(files.path(3), second);
    checkIsBroken();
  }

  @Test
  void check_endRemoved_isFoundByAPointKeptElsewhere() throws IOException {
    Files.delete(files.path(3));
    assertEquals(400, DecisionLogReader.check(folder, middle).records());
    checkIsBroken();
  }

  @Test
  void check_logWrittenAnew_isFoundByAPointKeptElsewhere() throws IOException {
    for (long number = 1; number <= 3; number++) {
      Files.delete(files.path(number));
    }
    Shop.write(folder, keys, 0, 200);
    Shop.write(folder, keys, 200, 400);
    Shop.write(folder, keys, 400, 600);
    assertEquals(600, DecisionLogReader.check(folder).records());
    checkIsBroken();
  }

  @Test
  void next_logWrittenAnewWithoutTheKey_isFoundByItsSeals() throws IOException {
    for (long number = 1; number <= 3; number++) {
      Files.delete(files.path(number));
    }
    CustomerKeys forged = new OtherLogKey(keys);
    Shop.write(folder, forged, 0, 600);
    assertEquals(600, DecisionLogReader.check(folder).records(), "a chain anybody can make");
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      assertThrows(LogFormatException.class, reader::next);
    }
    assertThrows(
        LogFormatException.class, () -> DecisionLog.open(folder, Shop.config(), keys).close());
  }

  @Test
  void next_recordAlteredAndChainedAnew_isFoundByItsSeal() throws IOException {
    Path segment = files.path(3);
    byte[] bytes = Files.readAllBytes(segment);
    BlockSeal forger = new BlockSeal(BlockSeal.key(new byte[] {1}));
    Chain chain = new Chain();
    int length = (int) Block.lengthAt(bytes, SegmentHeader.BYTES, bytes.length);
    byte[] block = Arrays.copyOfRange(bytes, SegmentHeader.BYTES, SegmentHeader.BYTES + length);
    block[length - 1] ^= 1; // The last byte of the last record's encrypted part.
    chain.closeBlock(block, length, forger);
    ByteSink altered = new ByteSink(bytes.length);
    altered.put(bytes, 0, SegmentHeader.BYTES);
    altered.put(block);
    Files.write(segment, Arrays.copyOf(altered.bytes(), altered.size()));
    assertTrue(DecisionLogReader.check(folder).records() > 400, "the chain alone is whole");
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      for (int i = 0; i < 400; i++) {
        assertTrue(reader.next());
      }
      LogFormatException thrown = assertThrows(LogFormatException.class, reader::next);
      assertTrue(thrown.getMessage().contains("sealed by the key of the logs"));
    }
  }

  /** The same customers' keys and another key of the logs. */
  private record OtherLogKey(CustomerKeys keys) implements CustomerKeys {
    @Override
    public CustomerKey keyOf(String customer) {
      return keys.keyOf(customer);
    }

    @Override
    public @Nullable CustomerKey key(long id) {
      return keys.key(id);
    }

    @Override
    public boolean destroy(String customer) {
      return keys.destroy(customer);
    }

    @Override
    public long generation() {
      return keys.generation();
    }

    @Override
    public SecretKey logKey() {
      return BlockSeal.key(new byte[] {1});
    }

    @Override
    public void force() {}
  }

  @Test
  void check_headerThatLeavesBlocksOut_isFound() throws IOException {
    Path other = folder.resolve("other");
    Shop.write(other, keys, 0, 200);
    Path path = new SegmentFiles(other).path(1);
    SegmentHeader forged;
    try (BlockReader reader = new BlockReader(path, new Chain(), null)) {
      SegmentHeader first = reader.header();
      byte[] none = new byte[0];
      forged =
          new SegmentHeader(first.logId(), 2, 0, 0, 0, SegmentHeader.BYTES, reader.hash(), none);
    }
    assertEquals(200, DecisionLogReader.check(other).records());
    Files.write(new SegmentFiles(other).path(2), SegmentHeader.write(forged, new Chain()));
    LogFormatException thrown =
        assertThrows(LogFormatException.class, () -> DecisionLogReader.check(other));
    assertTrue(thrown.getMessage().contains("the next segment leaves out"), thrown.getMessage());
  }

  @Test
  void check_segmentOfAnotherLog_isFound() throws IOException {
    Path other = folder.resolve("other");
    for (int i = 0; i < 3; i++) {
      Shop.write(other, keys, 200L * i, 200L * i + 200);
    }
    Files.copy(new SegmentFiles(other).path(2), files.path(2), StandardCopyOption.REPLACE_EXISTING);
    checkIsBroken();
  }

  @Test
  void check_blocksRemovedOrReordered_isFound() throws IOException {
    Path log = folder.resolve("blocks");
    DecisionLogConfig config =
        Shop.config().withWriting(0, ForceRule.never()).withSegments(1 << 30, Long.MAX_VALUE);
    try (DecisionLog writing = DecisionLog.open(log, config, keys)) {
      new Thread(writing).start();
      var session = Shop.engine(writing).newSession();
      for (long id = 0; id < 60; id++) {
        Shop.decide(session, id);
        writing.force();
      }
    }
    Path segment = new SegmentFiles(log).path(1);
    byte[] whole = Files.readAllBytes(segment);
    List<byte[]> parts = blocks(segment, whole);
    assertEquals(61, parts.size());
    byte[] header = Arrays.copyOf(whole, SegmentHeader.BYTES);
    for (int i = 0; i + 1 < parts.size(); i++) {
      List<byte[]> changed = new ArrayList<>(parts);
      byte[] part = changed.remove(i);
      write(segment, header, changed);
      assertThrows(LogFormatException.class, () -> DecisionLogReader.check(log));
      changed.add(i + 1, part);
      write(segment, header, changed);
      assertThrows(LogFormatException.class, () -> DecisionLogReader.check(log));
    }
    write(segment, header, parts);
    assertEquals(60, DecisionLogReader.check(log).records());
  }

  private static List<byte[]> blocks(Path segment, byte[] whole) {
    List<byte[]> parts = new ArrayList<>();
    try (BlockReader reader = new BlockReader(segment, new Chain(), null)) {
      int from = (int) reader.offset();
      while (reader.next()) {
        parts.add(Arrays.copyOfRange(whole, from, (int) reader.offset()));
        from = (int) reader.offset();
      }
    }
    return parts;
  }

  private static void write(Path segment, byte[] header, List<byte[]> parts) throws IOException {
    ByteSink out = new ByteSink(1 << 16);
    out.put(header);
    parts.forEach(out::put);
    Files.write(segment, Arrays.copyOf(out.bytes(), out.size()));
  }

  @Test
  void openAfter_firstSegmentsMovedAway_readsTheRest() throws IOException {
    Files.delete(files.path(1));
    Files.delete(files.path(2));
    checkIsBroken();
    try (DecisionLogReader reader = DecisionLogReader.openAfter(folder, keys, middle)) {
      long sequence = 400;
      while (reader.next()) {
        assertEquals(sequence++, reader.record().sequence());
      }
      assertEquals(600, sequence);
      assertTrue(reader.report().closed());
    }
  }
}
