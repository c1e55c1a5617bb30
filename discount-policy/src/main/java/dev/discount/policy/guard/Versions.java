package dev.discount.policy.guard;

import dev.discount.policy.Guardrail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of rules with all their settings, for logs: equal for equal settings, whatever is kept, and
 * different for different ones. Stateless.
 */
final class Versions {

  private static final int BYTES = 8;

  private Versions() {}

  /** Returns a guardrail's code, and 16 hexadecimal digits of the SHA-256 of its description. */
  static String of(Guardrail guardrail) {
    return guardrail.code() + "-" + digest(guardrail.toString());
  }

  /** Returns the first 16 hexadecimal digits of a text's SHA-256. */
  static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
