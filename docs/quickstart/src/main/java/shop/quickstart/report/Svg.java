package shop.quickstart.report;

import java.util.Locale;

/**
 * A drawing as SVG text for the inside of a page, styled by the page's classes. Coordinates are in
 * the drawing's own units, y downwards. Confined to one thread.
 */
final class Svg {

  /** Where a text stands against its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final StringBuilder text = new StringBuilder(4096);

  /**
   * Begins a drawing.
   *
   * @param id an id that no other drawing of the page has
   * @param width the width
   * @param height the height
   * @param title what it shows, for readers who cannot see it
   * @param description what can be seen in it
   */
  Svg(String id, double width, double height, String title, String description) {
    text.append("<svg viewBox=\"0 0 ").append(number(width)).append(' ').append(number(height));
    text.append("\" width=\"").append(number(width)).append("\" role=\"img\" aria-labelledby=\"");
    text.append(id).append("-t ").append(id).append("-d\">\n");
    text.append("<title id=\"").append(id).append("-t\">").append(Text.escape(title));
    text.append("</title>\n<desc id=\"").append(id).append("-d\">");
    text.append(Text.escape(description)).append("</desc>\n");
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    text.append("<line x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1));
    text.append("\" x2=\"").append(number(x2)).append("\" y2=\"").append(number(y2));
    text.append("\" class=\"").append(style).append("\"/>\n");
  }

  /**
   * Draws straight pieces through points; a point that is not finite breaks the line.
   *
   * @param x the x coordinates
   * @param y the y coordinates, as many
   * @param style the classes
   */
  void path(double[] x, double[] y, String style) {
    StringBuilder d = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        pen = false;
        continue;
      }
      d.append(pen ? "L" : "M").append(number(x[i])).append(' ').append(number(y[i]));
      pen = true;
    }
    if (d.length() > 0) {
      text.append("<path d=\"").append(d).append("\" class=\"").append(style).append("\"/>\n");
    }
  }

  /** Draws a rectangle with a text that is shown when it is pointed at. */
  void rect(double x, double y, double width, double height, String style, String tip) {
    text.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    text.append("\" width=\"").append(number(width)).append("\" height=\"");
    text.append(number(height)).append("\" class=\"").append(style).append("\"><title>");
    text.append(Text.escape(tip)).append("</title></rect>\n");
  }

  /** Draws a dot with a text that is shown when it is pointed at. */
  void dot(double x, double y, double radius, String style, String tip) {
    text.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y));
    text.append("\" r=\"").append(number(radius)).append("\" class=\"").append(style);
    text.append("\"><title>").append(Text.escape(tip)).append("</title></circle>\n");
  }

  void text(double x, double y, Anchor anchor, String style, String words) {
    text.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    text.append("\" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT));
    text.append("\" class=\"").append(style).append("\">").append(Text.escape(words));
    text.append("</text>\n");
  }

  /** Writes a text that reads upwards along a vertical axis. */
  void textUpwards(double x, double y, String style, String words) {
    text.append("<text transform=\"translate(").append(number(x)).append(' ').append(number(y));
    text.append(") rotate(-90)\" text-anchor=\"middle\" class=\"").append(style).append("\">");
    text.append(Text.escape(words)).append("</text>\n");
  }

  /** Returns the finished element. */
  String end() {
    return text + "</svg>\n";
  }

  private static String number(double value) {
    String digits = String.format(Locale.ROOT, "%.1f", value);
    return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
  }
}
