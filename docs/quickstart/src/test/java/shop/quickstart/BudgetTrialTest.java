package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Rows;
import dev.discount.core.data.SchemaJson;
import dev.discount.policy.sim.ShopConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTrialTest {

  private static final ShopConfig SHOP = new ShopConfig(300, 100, 50, 6_000, 30);

  @TempDir Path folder;

  private String run(String... more) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    String[] arguments = new String[more.length + 1];
    arguments[0] = "out=" + folder.resolve("out");
    System.arraycopy(more, 0, arguments, 1, more.length);
    Console console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
    new Run(LaunchOptions.parse(arguments), SHOP, console).execute();
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void simulator_showsEveryPolicyWithinTheBudget() throws IOException {
    String text = run("budget=200");
    List<String> lines = text.lines().toList();
    int heading =
        lines.indexOf(
            "The same budget for 400 customers, 200.00 for 1 000; per 1 000, true profit:");
    assertTrue(heading > 0, text);
    List<String> rows = lines.subList(heading + 3, heading + 7);
    List<String> names = List.of("budget policy", "flat ", "threshold ladder", "greedy, cut off");
    for (int i = 0; i < names.size(); i++) {
      assertTrue(rows.get(i).startsWith(names.get(i)), rows.get(i));
      double spent = Double.parseDouble(rows.get(i).split(" {2,}")[1]);
      assertTrue(spent > 100 && spent <= 200, rows.get(i));
      assertEquals(i > 0, rows.get(i).contains("["), rows.get(i));
    }
    String svg = Files.readString(folder.resolve("out").resolve("budget.svg"));
    assertTrue(svg.startsWith("<svg ") && svg.contains("Value against budget"), svg);
    String page = Files.readString(folder.resolve("out").resolve("report.html"));
    assertTrue(page.contains("<h2>Profit at equal spend</h2>") && page.contains(svg.strip()));
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    assertEquals(4, summary.get("equalSpend").get("policies").size());
  }

  @Test
  void budget_notGiven_leavesEverythingAsItWas() throws IOException {
    assertFalse(run().contains("The same budget"));
    assertFalse(Files.exists(folder.resolve("out").resolve("budget.svg")));
  }

  @Test
  void budget_aboveWhatCanBeSpent_isRefused() {
    UserError error = Assertions.assertThrows(UserError.class, () -> run("budget=1e9"));
    assertTrue(error.getMessage().startsWith("-Dbudget must be above 0.00 and at most "));
    assertTrue(error.getMessage().endsWith(", got 1E+9"), error.getMessage());
  }

  @Test
  void mailTest_becomesALogOfNamedArms() throws IOException {
    Path test = folder.resolve("test.csv.gz");
    String header =
        "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,"
            + "conversion,spend\r\n";
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(test)), StandardCharsets.UTF_8)) {
      out.write(header);
      out.write("6,3) $200 - $350,329.08,1,1,Rural,1,Web,No E-Mail,0,0,0\r\n");
      out.write("10,2) $100 - $200,142.44,1,0,Surburban,0,Phone,Womens E-Mail,1,0,0\r\n");
    }
    Path csv = folder.resolve("mails.csv");
    MailTest.convert(test, csv);
    Rows rows = CsvRows.read(csv, SchemaJson.read(Path.of("schemas", "hillstrom.json")));
    assertEquals(2, rows.size());
    assertEquals(0, rows.schema().level(rows, 0));
    assertEquals(1, rows.schema().level(rows, 1));
    assertEquals(1, rows.schema().outcome(rows, 1));
    assertEquals(694, rows.schema().priceMinor(rows, 0));
  }
}
