package dev.discount.policy.log;

import java.util.HexFormat;

/**
 * A point of a log's chain: everything before it is fixed by its hash. Kept elsewhere (in another
 * system, on paper), it shows later whether the log up to it is still the one it was, even against
 * somebody who can rewrite the whole log. Immutable.
 *
 * @param segment the number of the segment
 * @param length where in the segment it is, in bytes
 * @param records the number of decisions before it
 * @param hash the hash, as 64 hexadecimal digits
 */
public record LogHead(long segment, long length, long records, String hash) {

  static LogHead of(long segment, long length, long records, byte[] hash) {
    return new LogHead(segment, length, records, HexFormat.of().formatHex(hash));
  }
}
