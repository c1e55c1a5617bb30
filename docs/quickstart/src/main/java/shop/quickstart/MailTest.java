package shop.quickstart;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Turns Hillstrom's e-mail test into a log as {@code schemas/hillstrom.json} describes it: the arm
 * without a mail becomes {@code none}. Stateless.
 *
 * <p>To be started from its source: {@code java MailTest.java TEST.csv.gz LOG.csv}.
 *
 * <p>The arms were drawn at random, a third each. A visit is worth what visitors spent on average,
 * and a mail costs what {@code -DlevelCost} says.
 */
public final class MailTest {

  private MailTest() {}

  /**
   * Converts a file.
   *
   * @param arguments the gzip file of the test and the CSV file to write
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: java MailTest.java TEST.csv.gz LOG.csv");
      System.exit(1);
    }
    convert(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  static void convert(Path test, Path csv) throws IOException {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(test)), StandardCharsets.UTF_8));
        BufferedWriter out = Files.newBufferedWriter(csv)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(line.replace(",No E-Mail,", ",none,"));
        out.write('\n');
      }
    }
  }
}
