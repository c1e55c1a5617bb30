package dev.discount.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {

  @ParameterizedTest
  @CsvSource({
    "AMD EPYC 9R14 96-Core Processor, amd-epyc-9r14-96-core",
    "Intel(R) Xeon(R) Platinum 8488C CPU @ 2.40GHz, intel-xeon-platinum-8488c",
    "Intel(R) Xeon(R) Processor, intel-xeon-6-207"
  })
  void cpu_modelName_isShortAndNamesAModel(String modelName, String expected) {
    List<String> cpuInfo =
        List.of(
            "processor\t: 0",
            "cpu family\t: 6",
            "model\t\t: 207",
            "model name\t: " + modelName,
            "model name\t: another",
            "");
    assertEquals(expected, Machine.cpu(cpuInfo, "amd64"));
  }

  @Test
  void cpu_noModelName_isTheArchitecture() {
    assertEquals("aarch64", Machine.cpu(List.of(), "aarch64"));
  }

  @Test
  void reportName_machine_hasDateProcessorAndJdk() {
    Machine machine = new Machine("amd-9", 2, 17, "a vm", "panama-512");
    assertEquals("2026-03-04-amd-9-jdk17.md", machine.reportName(LocalDate.of(2026, 3, 4)));
    assertTrue(Machine.current().cpu().matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }
}
