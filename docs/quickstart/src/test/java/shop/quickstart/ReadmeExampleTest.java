package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Rows;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import dev.discount.policy.sim.Shop;
import dev.discount.policy.sim.ShopConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's sample, taken from the README, compiled and run. */
class ReadmeExampleTest {

  private static final Path README = Path.of("..", "..", "README.md");
  private static final int LAST_START = 25;

  private static final List<String> IMPORTS =
      List.of(
          "dev.discount.core.*",
          "dev.discount.nn.*",
          "dev.discount.policy.*",
          "dev.discount.policy.guard.*",
          "dev.discount.policy.rule.*",
          "java.nio.file.Path");

  @TempDir Path folder;

  @Test
  void sample_besideAModel_decides() throws Exception {
    ShopConfig config = new ShopConfig(100, 10, 50, 2_000, 30);
    Rows rows = Shop.of(config, 1).log().rows();
    int[] train = IntStream.range(0, rows.size()).toArray();
    TrainingConfig once = TrainingConfig.ofDefaults().toBuilder().epochs(1).build();
    new Trainer(once)
        .train(rows, train, new int[0], TrainingListener.SILENT)
        .save(folder.resolve("model.safetensors"));
    compile(sample());
    String printed = run();
    assertTrue(
        printed.matches(
            "(none, to pay 49900|5%, to pay 47405|10%, to pay 44910|14%, to pay 42914)"),
        printed);
  }

  private static List<String> sample() throws IOException {
    List<String> lines = Files.readAllLines(README);
    int start = lines.indexOf("```java") + 1;
    assertTrue(start > 0 && start <= LAST_START, "the sample starts at line " + start);
    List<String> sample = lines.subList(start, lines.size());
    return sample.subList(0, sample.indexOf("```"));
  }

  private void compile(List<String> sample) throws IOException {
    StringBuilder source = new StringBuilder();
    IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
    source.append("class Sample {\n  public static void main(String[] arguments) {\n");
    sample.forEach(line -> source.append(line).append('\n'));
    source.append("  }\n}\n");
    Path file = Files.writeString(folder.resolve("Sample.java"), source);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", System.getProperty("java.class.path"), file.toString());
    assertEquals(0, code, source::toString);
  }

  private String run() throws IOException, InterruptedException {
    String classPath =
        folder + System.getProperty("path.separator") + System.getProperty("java.class.path");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), "-cp", classPath, "Sample")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue());
    return printed.strip();
  }
}
