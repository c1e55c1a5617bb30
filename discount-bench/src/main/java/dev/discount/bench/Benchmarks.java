package dev.discount.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The main class of {@code benchmarks.jar}: JMH with a temporary folder of its own. */
public final class Benchmarks {

  private Benchmarks() {}

  /**
   * Runs JMH.
   *
   * @param args the arguments of JMH, such as the names of benchmarks
   * @throws IOException if the temporary folder cannot be made, or from JMH
   */
  public static void main(String[] args) throws IOException {
    useOwnTemporaryFolder();
    org.openjdk.jmh.Main.main(args);
  }

  /**
   * Gives JMH, which keeps a lock file in the temporary folder, one of its own: otherwise a second
   * JMH on the machine would be stopped.
   *
   * @throws IOException if the folder cannot be made
   */
  public static void useOwnTemporaryFolder() throws IOException {
    Path folder = Files.createTempDirectory("discount-bench");
    System.setProperty("java.io.tmpdir", folder.toString());
  }
}
