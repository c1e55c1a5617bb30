package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.discount.policy.sim.ShopConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.quickstart.report.RunReport;
import shop.quickstart.report.RunReport.PolicyOutcome;

/** Whole runs on small logs. */
class QuickstartTest {

  private static final ShopConfig SMALL = new ShopConfig(400, 200, 30, 6_000, 60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path shared;
  @TempDir Path folder;

  /** The results of a run on a simulated shop's log, with few epochs. */
  private static Path simulated;

  private static RunReport simulatedReport;

  @BeforeAll
  static void simulate() throws IOException {
    simulated = shared.resolve("simulated");
    simulatedReport = simulate(simulated);
  }

  private static RunReport simulate(Path out) throws IOException {
    LaunchOptions options = LaunchOptions.parse("seed=3", "out=" + out, "threads=1");
    return new Run(
            options, SMALL, new Console(new PrintStream(OutputStream.nullOutputStream()), false))
        .execute();
  }

  @Test
  void execute_simulatedShop_leavesAllFilesAndAllFigures() throws Exception {
    try (Stream<Path> files = Files.list(simulated)) {
      assertEquals(
          List.of(
              "model.safetensors", "purchases.csv", "report.html", "schema.json", "summary.json"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    JsonNode summary = summary(simulated);
    for (String key :
        List.of(
            "rows",
            "trainRows",
            "testRows",
            "logLoss",
            "auc",
            "ece",
            "policies",
            "bestFlat",
            "oracle",
            "trainSeconds",
            "samplesPerSecond",
            "backend",
            "java",
            "modelBytes",
            "modelSha256")) {
      assertNotNull(summary.get(key), key);
    }
    assertEquals(6_000, summary.get("rows").intValue());
    assertEquals(
        6_000,
        summary.get("trainRows").intValue()
            + summary.get("validationRows").intValue()
            + summary.get("testRows").intValue());
    for (JsonNode policy : summary.get("policies")) {
      assertTrue(policy.get("standardError").doubleValue() > 0, policy.toString());
      assertTrue(
          policy.get("trueValue").doubleValue() <= summary.get("oracle").doubleValue(),
          policy.toString());
    }
    byte[] model = Files.readAllBytes(simulated.resolve("model.safetensors"));
    assertEquals(model.length, summary.get("modelBytes").longValue());
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model)),
        summary.get("modelSha256").textValue());
  }

  @Test
  void execute_simulatedShop_comparesAllPoliciesForKnownAndNewCustomers() {
    RunReport.Trial trial = simulatedReport.trial();
    assertNotNull(trial);
    List<String> names = trial.policies().stream().map(PolicyOutcome::name).toList();
    assertEquals(
        List.of(
            "no discount",
            "flat 2%",
            "flat 4%",
            "flat 6%",
            "flat 8%",
            "flat 10%",
            "flat 12%",
            "flat 14%",
            "threshold ladder",
            "similarity to discount",
            "expected profit",
            "expected profit, 10 % exploring",
            "oracle"),
        names);
    assertEquals(
        List.of("Everyone", "Known customers", "New customers"),
        trial.populations().stream().map(RunReport.Population::name).toList());
    assertEquals(600, trial.populations().get(0).customers());
    for (PolicyOutcome policy : trial.policies()) {
      assertEquals(1, policy.levelShares().stream().mapToDouble(d -> d).sum(), 1e-9, policy.name());
      assertEquals(policy.trueValue() * 1000, policy.profitPer1000(), 1e-6);
    }
    double best =
        trial.policies().stream()
            .filter(policy -> policy.kind() == RunReport.PolicyKind.FLAT)
            .mapToDouble(PolicyOutcome::trueValue)
            .max()
            .orElseThrow();
    assertEquals(best, trial.bestFlatOutcome().trueValue());
    assertTrue(simulatedReport.recommendations().size() >= 3);
    for (RunReport.Recommendation customer : simulatedReport.recommendations()) {
      double before = Double.POSITIVE_INFINITY;
      assertEquals(3, customer.items().size());
      for (RunReport.RecommendedItem item : customer.items()) {
        assertTrue(item.expectedProfit() <= before, customer.toString());
        assertTrue(item.price() <= item.listPrice(), customer.toString());
        before = item.expectedProfit();
      }
    }
  }

  @Test
  void execute_twice_givesTheSameModelAndFigures() throws Exception {
    Path again = folder.resolve("again");
    simulate(again);
    assertArrayEquals(
        Files.readAllBytes(simulated.resolve("model.safetensors")),
        Files.readAllBytes(again.resolve("model.safetensors")));
    List<String> timed = List.of("trainSeconds", "samplesPerSecond", "decisionMicros");
    assertEquals(summary(simulated).remove(timed), summary(again).remove(timed));
  }

  @Test
  void run_itsOwnLogAsAUsersFile_givesTheSameModelAndNoOracle() throws Exception {
    Result result =
        run(simulated.resolve("purchases.csv"), simulated.resolve("schema.json"), "seed=3");
    assertEquals(0, result.code(), result.err());
    assertArrayEquals(
        Files.readAllBytes(simulated.resolve("model.safetensors")),
        Files.readAllBytes(result.out().resolve("model.safetensors")));
    ObjectNode logged = summary(result.out());
    ObjectNode simulation = summary(simulated);
    assertEquals(simulation.get("logLoss"), logged.get("logLoss"));
    assertFalse(logged.has("oracle"));
    for (int i = 0; i < logged.get("policies").size(); i++) {
      JsonNode policy = logged.get("policies").get(i);
      assertEquals(simulation.get("policies").get(i).get("value"), policy.get("value"));
      assertFalse(policy.has("trueValue"));
    }
    assertTrue(result.text().contains("estimated by inverse propensity"), result.text());
  }

  @Test
  void run_gzipWithSemicolons_isReadAlike() throws Exception {
    Path data = folder.resolve("log.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(data))) {
      out.write(log().replace(',', ';').getBytes(StandardCharsets.UTF_8));
    }
    Path schema = schema(root -> root.putObject("csv").put("delimiter", ";"));
    Result result = run(data, schema, "seed=3");
    assertEquals(0, result.code(), result.err());
    assertEquals(summary(simulated).get("auc"), summary(result.out()).get("auc"));
  }

  @Test
  void run_withoutDiscountColumn_isAPlainProbabilityModel() throws Exception {
    Path schema =
        schema(
            root -> {
              root.remove("discount");
              dropFields(root, "discount", "propensity");
            });
    Result result = run(simulated.resolve("purchases.csv"), schema);
    assertEquals(0, result.code(), result.err());
    ObjectNode summary = summary(result.out());
    assertFalse(summary.has("policies"));
    assertFalse(summary.has("bestFlat"));
    assertTrue(summary.get("auc").doubleValue() > 0.5);
    assertFalse(Files.readString(result.out().resolve("report.html")).contains("Profit by policy"));
  }

  @Test
  void run_levelsTheLogNeverOffered_areLeftOutAndNamed() throws Exception {
    int column = List.of(log().lines().findFirst().orElseThrow().split(",")).indexOf("discount");
    String some =
        log()
            .lines()
            .filter(line -> !line.split(",")[column].equals("0"))
            .collect(Collectors.joining("\n", "", "\n"));
    Path data = Files.writeString(folder.resolve("some.csv"), some);
    Path schema = schema(root -> ((ObjectNode) root.get("discount")).withArray("levels").add(20));
    Result result = run(data, schema);
    assertEquals(0, result.code(), result.err());
    ObjectNode summary = summary(result.out());
    assertEquals("[\"none\",\"20%\"]", summary.get("levelsWithoutSupport").toString());
    for (JsonNode policy : summary.get("policies")) {
      assertFalse(policy.get("name").textValue().equals("no discount"));
      assertFalse(policy.get("name").textValue().equals("flat 20%"));
      assertTrue(policy.get("meanDiscount").doubleValue() > 0.0199, policy.toString());
      assertTrue(policy.get("meanDiscount").doubleValue() < 0.1401, policy.toString());
    }
    assertTrue(
        Files.readString(result.out().resolve("report.html"))
            .contains("Levels without support in the log, left out of every policy: none, 20%."));
    assertTrue(result.text().contains("Levels without support in the log"), result.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bought | 2    | log.csv:5: column bought must",
        "price  | abc  | log.csv:5: column price must",
        "price  | NaN  | log.csv:5: column price must",
        "price  | 0.01 | log.csv:5: column cost must",
        "discount | 3  | log.csv:5: column discount must",
        "propensity | 0 | log.csv:5: column propensity must"
      })
  void run_badCell_isOneLineWithFileLineAndColumn(String column, String cell, String message)
      throws Exception {
    List<String> lines = log().lines().toList();
    int place = List.of(lines.get(0).split(",")).indexOf(column);
    String[] cells = lines.get(4).split(",", -1);
    cells[place] = cell;
    Path data =
        Files.writeString(
            folder.resolve("log.csv"),
            String.join("\n", lines.subList(0, 4)) + "\n" + String.join(",", cells) + "\n");
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("summary.json"), "of an earlier run");
    Result result = run(data, simulated.resolve("schema.json"));
    assertEquals(Quickstart.BAD_INPUT, result.code());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("error: "), result.err());
    assertTrue(result.err().contains(message), result.err());
    assertEquals("of an earlier run", Files.readString(out.resolve("summary.json")));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(1, files.count(), "nothing unfinished is left behind");
    }
  }

  @Test
  void run_badSchema_namesTheKey() throws Exception {
    Result unknown =
        run(simulated.resolve("purchases.csv"), schema(root -> root.put("splitt", "x")));
    assertEquals(Quickstart.BAD_INPUT, unknown.code());
    assertTrue(unknown.err().contains("splitt"), unknown.err());
    Result option =
        run(
            simulated.resolve("purchases.csv"),
            schema(root -> root.putObject("training").put("epoch", 3)));
    assertEquals(Quickstart.BAD_INPUT, option.code());
    assertTrue(option.err().contains("epoch"), option.err());
    assertEquals(1, option.err().lines().count(), option.err());
  }

  @Test
  void run_missingFile_namesItAndShowsTheTraceOnlyIfAsked() throws Exception {
    Path nowhere = folder.resolve("nowhere.csv");
    Result plain = run(nowhere, simulated.resolve("schema.json"));
    assertEquals(Quickstart.BAD_INPUT, plain.code());
    assertTrue(plain.err().contains("nowhere.csv"), plain.err());
    assertEquals(1, plain.err().lines().count(), plain.err());
    Result traced = run(nowhere, simulated.resolve("schema.json"), "stacktrace=true");
    assertTrue(traced.err().contains("\tat shop.quickstart."), traced.err());
  }

  /** What a run came to. */
  private record Result(int code, Path out, String text, String err) {}

  private Result run(Path data, Path schema, String... more) {
    Path out = folder.resolve("out");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] arguments =
        Stream.concat(
                Stream.of("data=" + data, "schema=" + schema, "out=" + out, "threads=2"),
                Stream.of(more))
            .toArray(String[]::new);
    int code =
        Quickstart.run(
            arguments,
            new PrintStream(text, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return new Result(
        code, out, text.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static String log() throws IOException {
    return Files.readString(simulated.resolve("purchases.csv"));
  }

  private Path schema(Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(simulated.resolve("schema.json").toFile());
    change.accept(root);
    return Files.writeString(folder.resolve("schema.json"), root.toString());
  }

  private static void dropFields(ObjectNode root, String... names) {
    var fields = root.withArray("fields").elements();
    while (fields.hasNext()) {
      if (List.of(names).contains(fields.next().get("name").textValue())) {
        fields.remove();
      }
    }
  }

  private static ObjectNode summary(Path out) throws IOException {
    return (ObjectNode) JSON.readTree(out.resolve("summary.json").toFile());
  }
}
