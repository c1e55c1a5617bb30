package dev.discount.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product measured in a Java process of its own, under options that this process does not have.
 */
final class ChildContender implements Contender {

  private final Figure figure;
  private final List<String> options;
  private @Nullable Process process;

  ChildContender(Figure figure, List<String> options) {
    this.figure = figure;
    this.options = options;
  }

  @Override
  public Figure figure() {
    return figure;
  }

  @Override
  public String note() {
    return "the limit is the peak of 256-bit vectors";
  }

  @Override
  public void prepare() throws IOException {
    process = ChildJvm.start(options, List.of("forward"));
    for (int i = 0; i < 3; i++) {
      measure();
    }
  }

  @Override
  public Sample measure() throws IOException {
    Process child = process;
    if (child == null) {
      throw new IllegalStateException("prepare must come before measure");
    }
    Writer question = new OutputStreamWriter(child.getOutputStream(), StandardCharsets.UTF_8);
    question.write("measure\n");
    question.flush();
    BufferedReader answer = child.inputReader(StandardCharsets.UTF_8);
    return Sample.of(ChildJvm.answer(answer));
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
