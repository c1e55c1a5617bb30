package shop.quickstart.report;

import shop.quickstart.report.Svg.Anchor;

/** One line of keys above a plot. Confined to one thread. */
final class Legend {

  private static final double CHARACTER = 7;
  private static final double SWATCH = 22;

  private final Svg svg;
  private final double y;
  private double x;

  Legend(Svg svg, double x, double y) {
    this.svg = svg;
    this.x = x;
    this.y = y;
  }

  /** Adds a key for a line. */
  Legend line(String style, String words) {
    svg.line(x, y - 4, x + SWATCH, y - 4, "line " + style);
    return words(words);
  }

  /** Adds a key for a dot. */
  Legend dot(String style, String words) {
    svg.dot(x + SWATCH / 2, y - 4, 4, style, words);
    return words(words);
  }

  private Legend words(String words) {
    svg.text(x + SWATCH + 6, y, Anchor.START, "key", words);
    x += SWATCH + 6 + words.length() * CHARACTER + 16;
    return this;
  }
}
