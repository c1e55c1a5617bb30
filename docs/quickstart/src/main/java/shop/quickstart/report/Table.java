package shop.quickstart.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells under headings, for the terminal and the page alike. Immutable.
 *
 * @param headings what the columns are called
 * @param rows the cells, as many in each row as there are headings
 */
public record Table(List<String> headings, List<List<String>> rows) {

  /** Copies the cells. */
  public Table {
    headings = List.copyOf(headings);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Returns the table as text: the first column to the left, the others to the right. */
  public String text() {
    int columns = headings.size();
    int[] widths = new int[columns];
    List<List<String>> lines = new ArrayList<>();
    lines.add(headings);
    lines.addAll(rows);
    for (List<String> line : lines) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = lines.get(i).get(c);
        String padding = " ".repeat(widths[c] - cell.length());
        line.append(c == 0 ? cell + padding : "  " + padding + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
      if (i == 0) {
        text.append("-".repeat(line.length())).append('\n');
      }
    }
    return text.toString();
  }
}
