package dev.discount.policy.budget;

/**
 * Writes a drawing as SVG 1.1, the same bytes on every JDK: coordinates have at most two decimals.
 * Confined to one thread.
 */
final class SvgText {

  private final StringBuilder text = new StringBuilder(16_384);

  /** Opens an element; attributes are pairs of name and value, numbers or texts. */
  SvgText open(String name, Object... attributes) {
    return begin(name, attributes).append(">\n");
  }

  SvgText close(String name) {
    text.append("</").append(name).append(">\n");
    return this;
  }

  /** Writes an element without content. */
  SvgText empty(String name, Object... attributes) {
    return begin(name, attributes).append("/>\n");
  }

  /** Writes an element of words. */
  SvgText words(String name, String words, Object... attributes) {
    begin(name, attributes).append(">").append(escape(words));
    return close(name);
  }

  private SvgText begin(String name, Object... attributes) {
    text.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String shown = value instanceof Double number ? decimal(number, 2) : value.toString();
      text.append(' ').append(attributes[i]).append("=\"").append(escape(shown)).append('"');
    }
    return this;
  }

  private SvgText append(String words) {
    text.append(words);
    return this;
  }

  /**
   * Returns a number with a fixed number of decimals and no needless zeros, by whole-number
   * arithmetic: formatters round differently from one JDK to another.
   */
  static String decimal(double value, int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    long scaled = Math.round(Math.abs(value) * scale);
    StringBuilder digits = new StringBuilder(Long.toString(scaled / scale));
    long fraction = scaled % scale;
    if (fraction != 0) {
      String rest = Long.toString(scale + fraction).substring(1);
      digits.append('.').append(rest.replaceAll("0+$", ""));
    }
    return (value < 0 && scaled != 0 ? "-" : "") + digits;
  }

  /** Returns a number with thousands set apart by thin spaces. */
  static String grouped(double value, int decimals) {
    String plain = decimal(value, decimals);
    int end = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
    StringBuilder out = new StringBuilder(plain);
    int first = value < 0 ? 1 : 0;
    for (int at = end - 3; at > first; at -= 3) {
      out.insert(at, '\u2009');
    }
    return out.toString();
  }

  private static String escape(String words) {
    StringBuilder out = new StringBuilder(words.length() + 8);
    for (int i = 0; i < words.length(); ) {
      int c = words.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.appendCodePoint(c >= 0x20 && c != 0xFFFE && c != 0xFFFF ? c : 0xFFFD);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
