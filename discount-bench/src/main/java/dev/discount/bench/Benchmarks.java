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
    // JMH keeps a lock file there, which would stop a second JMH on the machine.
    Path folder = Files.createTempDirectory("discount-bench");
    System.setProperty("java.io.tmpdir", folder.toString());
    org.openjdk.jmh.Main.main(args);
  }
}
