package dev.discount.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.discount.bench.Figure.Limit;
import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Figure PRODUCT =
      new Figure("gemm", Unit.GFLOPS, 1, MachineLimits::fmaPeak, Must.shareOfLimit(0.85));
  private static final Figure CALL =
      new Figure("call", Unit.MICROS, 2, Limit.NONE, Must.of(1).p99(2));

  private static final Report REPORT =
      new Report(
          new Machine("amd-9", 2, 17, "a vm 17", "panama-512"),
          List.of(Measured.MACHINE, Measured.MACHINE),
          List.of(
              Measured.of(PRODUCT, Contender.OURS, 80, 90),
              Measured.of(PRODUCT, "Rival 1", "for ours: folded", 40, 30),
              Measured.of(CALL, new Sample(1.23456789, 3, 4, 0))),
          Map.of("far of Rival 2", "it failed"));

  @Test
  void json_measurements_hasOneObjectOfTheSchemaForEachOfOurs() throws IOException {
    JsonNode array = new ObjectMapper().readTree(REPORT.json());
    assertEquals(2, array.size());
    List<String> names = new ArrayList<>();
    for (Iterator<String> i = array.get(0).fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    List<String> schema =
        List.of(
            "name",
            "median",
            "min",
            "max",
            "unit",
            "limitRatio",
            "rivals",
            "jdk",
            "simd",
            "threads");
    assertEquals(schema, names.subList(0, schema.size()));
    JsonNode product = array.get(0);
    assertEquals("gemm", product.get("name").textValue());
    assertEquals(85, product.get("median").doubleValue());
    assertEquals(80, product.get("min").doubleValue());
    assertEquals(90, product.get("max").doubleValue());
    assertEquals("GFLOP/s", product.get("unit").textValue());
    assertEquals(0.85, product.get("limitRatio").doubleValue());
    assertEquals(2.5, product.get("rivals").get("Rival 1").doubleValue());
    assertEquals(1, product.get("rivals").size());
    assertEquals("a vm 17", product.get("jdk").textValue());
    assertEquals("panama-512", product.get("simd").textValue());
    JsonNode call = array.get(1);
    assertEquals(2, call.get("threads").intValue());
    assertEquals(1.2346, call.get("median").doubleValue());
    assertTrue(call.get("limitRatio").isNull());
    assertEquals(0, call.get("rivals").size());
    assertEquals(3, call.get("p99").doubleValue());
    assertTrue(product.get("p99").isNull());
    assertEquals(0.04, product.get("stolen").doubleValue());
    assertTrue(call.get("stolen").isNull());
  }

  @Test
  void text_measurements_lineUpWithMustsRatiosAndRemarks() {
    List<String> lines = REPORT.text().lines().toList();
    assertEquals("amd-9, 2 cores, a vm 17, kernels panama-512, 2 rounds", lines.get(0));
    assertTrue(lines.get(1).contains("fma 60.0 GFLOP/s at 256 bits, 100 at 512"), lines.get(1));
    int median = lines.get(3).indexOf("median") + "median".length();
    assertEquals("85.0", lines.get(4).substring(0, median).trim().split(" +")[2]);
    assertEquals("35.0", lines.get(5).substring(0, median).trim().split(" {2,}")[2]);
    assertTrue(lines.get(4).matches(".* 85 % +4 % +85 % reached .*"), lines.get(4));
    assertTrue(lines.get(4).contains("2.50 x Rival 1"), lines.get(4));
    assertTrue(lines.get(6).contains("1 MISSED, p99 2 MISSED"), lines.get(6));
    assertTrue(lines.contains("- gemm, Rival 1: for ours: folded."));
    assertTrue(lines.contains("- not measured: far of Rival 2: it failed"));
  }

  @Test
  void markdown_measurements_isOneTableOfEqualRows() {
    List<String> lines = REPORT.markdown(LocalDate.of(2026, 3, 4)).lines().toList();
    assertEquals("# Scoreboard, 2026-03-04", lines.get(0));
    List<String> table = lines.stream().filter(line -> line.startsWith("|")).toList();
    assertEquals(5, table.size());
    long bars = table.get(0).chars().filter(c -> c == '|').count();
    for (String row : table) {
      assertEquals(bars, row.chars().filter(c -> c == '|').count(), row);
    }
    assertTrue(table.get(2).startsWith("| gemm | discount | 85"), table.get(2));
    assertTrue(lines.contains("- gemm, Rival 1: for ours: folded."));
  }
}
