package dev.discount.core.data;

/** Reads decimal numbers from characters, exactly and strictly. Stateless. */
final class Decimals {

  /*
   * A number of at most 15 digits and a power of ten of at most 22 are both doubles without error,
   * so that one multiplication or division rounds correctly [1]. The rest goes to the JDK.
   *
   * [1] W. D. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990, section 3
   */
  private static final double[] POWERS = new double[23];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private static final int EXACT_DIGITS = 15;

  private Decimals() {}

  /**
   * Returns the double nearest to a decimal number: an optional sign, digits with at most one
   * point, and an optional exponent. Nothing else is a number: no spaces, no type suffix, no
   * hexadecimal form, no word.
   *
   * @return the number, an infinity if it is too large, NaN if the text is no such number
   */
  static double parse(char[] chars, int start, int length) {
    int end = start + length;
    int at = start;
    boolean negative = at < end && chars[at] == '-';
    if (at < end && (chars[at] == '-' || chars[at] == '+')) {
      at++;
    }
    long digits = 0;
    int seen = 0;
    int point = -1;
    for (; at < end; at++) {
      char c = chars[at];
      if (c >= '0' && c <= '9') {
        seen++;
        digits = digits * 10 + (c - '0');
      } else if (c == '.' && point < 0) {
        point = seen;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return Double.NaN;
    }
    int fraction = point < 0 ? 0 : seen - point;
    if (at < end) {
      return isExponent(chars, at, end)
          ? Double.parseDouble(new String(chars, start, length))
          : Double.NaN;
    }
    if (seen > EXACT_DIGITS || fraction >= POWERS.length) {
      return Double.parseDouble(new String(chars, start, length));
    }
    double value = digits / POWERS[fraction];
    return negative ? -value : value;
  }

  private static boolean isExponent(char[] chars, int from, int end) {
    int at = from;
    if (chars[at] != 'e' && chars[at] != 'E') {
      return false;
    }
    at++;
    if (at < end && (chars[at] == '-' || chars[at] == '+')) {
      at++;
    }
    int first = at;
    while (at < end && chars[at] >= '0' && chars[at] <= '9') {
      at++;
    }
    return at == end && at > first;
  }

  /** Returns whether a text names a number that is not finite, such as NaN or -Infinity. */
  static boolean isNonFiniteWord(String text) {
    String word = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    return word.equalsIgnoreCase("nan")
        || word.equalsIgnoreCase("inf")
        || word.equalsIgnoreCase("infinity");
  }
}
