package dev.discount.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The main program of the Java processes that the scoreboard starts: for figures under other
 * options and for the first second of a process. It answers on its standard output.
 */
final class ChildJvm {

  private static final String ANSWER = "figure ";

  private ChildJvm() {}

  /** Starts a process of the same Java, class path and modules as this one. */
  static Process start(List<String> options, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ChildJvm.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Reads up to the next answer. */
  static double answer(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(ANSWER)) {
        return Double.parseDouble(line.substring(ANSWER.length()));
      }
    }
    throw new IOException("the child process must answer, got the end of its output");
  }

  /**
   * Measures.
   *
   * @param args {@code forward}, then one measurement for each line of input; or {@code warmUp} and
   *     a model file
   */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("forward")) {
      var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (input.readLine() != null) {
        print(Products.forward1024());
      }
    } else {
      for (double value : WarmUp.run(Path.of(args[1]))) {
        print(value);
      }
    }
  }

  private static void print(double value) {
    System.out.println(ANSWER + value);
    System.out.flush();
  }
}
