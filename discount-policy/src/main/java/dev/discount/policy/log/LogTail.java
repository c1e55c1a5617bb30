package dev.discount.policy.log;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.NavigableMap;

/**
 * The end of what a folder holds: where the next segment has to begin its chain. The arrays are not
 * copied.
 *
 * @param logId the log's id
 * @param segment the number of the last segment, 0 if there is none
 * @param length up to where it counts, in bytes
 * @param records the number of decisions in the log
 * @param hash the hash of the last good block
 * @param tornBytes the bytes behind it, which a dying writer had not forced
 * @param ended whether the segment was ended, and so forced
 */
record LogTail(
    byte[] logId,
    long segment,
    long length,
    long records,
    byte[] hash,
    long tornBytes,
    boolean ended) {

  /**
   * Reads the last segment of a folder. The folder is not changed.
   *
   * @param seal checks the seals of its blocks
   * @throws LogFormatException if it is not the end of a log
   */
  static LogTail find(SegmentFiles files, SecureRandom random, BlockSeal seal) {
    NavigableMap<Long, Path> segments = files.list();
    Map.Entry<Long, Path> last = segments.lastEntry();
    if (last == null) {
      byte[] id = new byte[SegmentHeader.ID_BYTES];
      random.nextBytes(id);
      return new LogTail(id, 0, 0, 0, new byte[Chain.HASH_BYTES], 0, true);
    }
    try (BlockReader reader = new BlockReader(last.getValue(), new Chain(), seal)) {
      SegmentHeader header = reader.header();
      if (header.number() != last.getKey()) {
        throw new LogFormatException(
            reader.source(), "be segment " + last.getKey() + ", got " + header.number());
      }
      reader.readToEnd();
      reader.checkTorn();
      return new LogTail(
          header.logId(),
          header.number(),
          reader.offset(),
          reader.records(),
          reader.hash(),
          reader.rest(),
          reader.ended());
    }
  }
}
