package shop.quickstart.report;

import java.util.Locale;
import shop.quickstart.report.RunReport.Interval;

/** Numbers as a reader sees them, the same on every machine; what is not known is a dash. */
final class Text {

  private Text() {}

  static String fixed(double value, int digits) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    String text = String.format(Locale.ROOT, "%,." + digits + "f", value);
    return text.matches("-[0.,]+") ? text.substring(1) : text;
  }

  static String percent(double share, int digits) {
    return Double.isFinite(share) ? fixed(share * 100, digits) + " %" : "-";
  }

  /** Returns the digits after the point that suit amounts up to {@code largest}. */
  static int moneyDigits(double largest) {
    return largest < 1_000 ? 2 : largest < 100_000 ? 1 : 0;
  }

  static String signed(double value, int digits) {
    String text = fixed(value, digits);
    return value > 0 && !text.matches("[0.,]+") ? "+" + text : text;
  }

  static String gain(Interval gain, int digits) {
    if (!Double.isFinite(gain.estimate())) {
      return "-";
    }
    return signed(gain.estimate(), digits)
        + " ["
        + signed(gain.lower(), digits)
        + ", "
        + signed(gain.upper(), digits)
        + "]";
  }

  /** Returns a text with the characters that mean something in XML replaced. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.appendCodePoint(allowedInXml(c) ? c : 0xFFFD);
      }
    }
    return escaped.toString();
  }

  private static boolean allowedInXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
