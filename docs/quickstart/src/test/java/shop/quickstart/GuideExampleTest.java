package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.data.Rows;
import dev.discount.nn.ResponseModels;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import dev.discount.policy.sim.Shop;
import dev.discount.policy.sim.ShopConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the guide's chapters, taken from them, compiled and run. */
class GuideExampleTest {

  private static final Path GUIDE = Path.of("..", "guide");

  private static final List<String> IMPORTS =
      List.of(
          "dev.discount.core.*",
          "dev.discount.core.data.*",
          "dev.discount.nn.*",
          "dev.discount.policy.*",
          "dev.discount.policy.budget.*",
          "dev.discount.policy.guard.*",
          "dev.discount.policy.log.*",
          "dev.discount.policy.rule.*",
          "dev.discount.policy.testing.*",
          "dev.discount.policy.value.*",
          "java.io.*",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*");

  /** What each sample of a chapter prints. */
  private static final List<List<String>> DECISIONS =
      List.of(
          List.of("14% closed by largest-discount"),
          List.of("profit in minor-units", "profit", "returns", "stock", "anyway"),
          List.of("mix [profit, conversions, returns]"),
          List.of("none by stopped-campaign", "10%"),
          List.of("10%", "none by frequency-cap", "restored true"),
          List.of("10% closed by lowest-price", "42914 against 44900"),
          List.of("[CONTEXTUAL, PERSONAL] personal-data", "[CONTEXTUAL] null"),
          List.of("100 decisions, ended in order: true"),
          List.of("100 made again, 0 differ"),
          List.of("100 rows, 1 bought", "1 twice, 1 unknown"),
          List.of("100 lines", "10 without their personal fields", "100 hold"));

  private static final List<List<String>> BUDGET =
      List.of(
          List.of("10%, 1010 left", "none, affordable", "DONE", "ALREADY_COMMITTED", "4990 spent"),
          List.of("affordable", "true", "-1000 free", "5000 free"),
          List.of("2500 spent"),
          List.of("10000 free in Berlin", "82000 free"),
          List.of(
              "10000.0 for 4000",
              "the next unit buys 1.0",
              "levels 1 and 1",
              "at most 0.0 from the best",
              "true"),
          List.of("1 came", "true"),
          List.of("dearer after half was spent: true", "cheaper with more: true", "true"));

  @TempDir Path folder;

  @Test
  void decisions_everySample_compilesAndPrintsWhatTheChapterSays() throws Exception {
    check("decisions.md", DECISIONS);
  }

  @Test
  void budget_everySample_compilesAndPrintsWhatTheChapterSays() throws Exception {
    check("budget.md", BUDGET);
  }

  private void check(String chapter, List<List<String>> prints) throws Exception {
    ShopConfig config = new ShopConfig(100, 10, 50, 2_000, 30);
    Rows rows = Shop.of(config, 1).log().rows();
    int[] train = IntStream.range(0, rows.size()).toArray();
    TrainingConfig once = TrainingConfig.ofDefaults().toBuilder().epochs(1).build();
    Path model = folder.resolve("model.safetensors");
    new Trainer(once).train(rows, train, new int[0], TrainingListener.SILENT).save(model);
    List<List<String>> samples = samples(GUIDE.resolve(chapter));
    compile(samples);
    assertEquals(prints.size(), samples.size(), "samples of the chapter");
    for (int i = 0; i < samples.size(); i++) {
      List<String> printed = run("Sample" + i, model);
      List<String> missing = new ArrayList<>(prints.get(i));
      missing.removeAll(printed);
      assertEquals(List.of(), missing, "sample " + i + " printed " + printed);
    }
  }

  private static List<List<String>> samples(Path chapter) throws IOException {
    List<List<String>> samples = new ArrayList<>();
    List<String> sample = null;
    for (String line : Files.readAllLines(chapter)) {
      if (line.equals("```java")) {
        sample = new ArrayList<>();
      } else if (line.equals("```") && sample != null) {
        samples.add(sample);
        sample = null;
      } else if (sample != null) {
        sample.add(line);
      }
    }
    return samples;
  }

  private void compile(List<List<String>> samples) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
    for (int i = 0; i < samples.size(); i++) {
      StringBuilder source = new StringBuilder();
      IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
      source.append("public class Sample").append(i).append(" {\n");
      source.append(
          "  public static void run(TrainedModel model, Path folder) throws Exception {\n");
      source.append("    Offer offer = new Offer(\"lamp\", 49_900, 31_000);\n");
      samples.get(i).forEach(line -> source.append(line).append('\n'));
      source.append("  }\n}\n");
      Path file = Files.writeString(folder.resolve("Sample" + i + ".java"), source);
      arguments.add(file.toString());
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertEquals(0, code, "the samples must compile");
  }

  private List<String> run(String name, Path model) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream old = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method run = loader.loadClass(name).getMethod("run", TrainedModel.class, Path.class);
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      run.invoke(null, ResponseModels.load(model), folder);
    } finally {
      System.setOut(old);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
