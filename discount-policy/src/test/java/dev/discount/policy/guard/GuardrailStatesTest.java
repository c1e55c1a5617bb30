package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Offer;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.rule.FlatLevel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardrailStatesTest {

  private static final int MAXIMUM = 2;

  /** An engine with every kind of state, and what it keeps. */
  private static final class Host {
    final FrequencyCap cap = FrequencyCap.of(MAXIMUM, Duration.ofDays(7), 500);
    final UsageLimit codes = UsageLimit.per(5, 50, "code");
    final ConsistentPrice price = ConsistentPrice.of(Duration.ofDays(1), 500);
    final LowestPrice lowest = LowestPrice.of(PriceLedger.of(50, ZoneOffset.UTC));
    final GuardrailStates states = GuardrailStates.of(List.of(cap, codes, price, lowest));
    final DecisionEngine engine = Shops.engine(new FlatLevel(3), cap, codes, price, lowest);

    int level(long customer, String item) {
      DecisionRequest request =
          DecisionRequest.builder(customer)
              .customer(customer)
              .offer(new Offer(item, 10_000, 0))
              .category("code", "A")
              .timeMillis(Shops.START_MILLIS + 1)
              .build();
      return engine.decide(request).levelIndex();
    }

    byte[] bytes() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      states.writeTo(out);
      return out.toByteArray();
    }
  }

  private static Host used() {
    Host host = new Host();
    for (String item : List.of("a", "b", "c")) {
      host.lowest.ledger().record(item, Shops.START_MILLIS - 86_400_000L, 9_000);
    }
    assertEquals(3, host.level(1, "a"));
    assertEquals(3, host.level(1, "b"));
    assertEquals(3, host.level(2, "a"));
    return host;
  }

  @Test
  void readFrom_whatWasWritten_decidesOn() throws IOException {
    Host fresh = new Host();
    assertEquals(Set.of(), fresh.states.readFrom(new ByteArrayInputStream(used().bytes())));
    assertEquals(0, fresh.level(1, "c"), "the cap is reached");
    assertEquals(3, fresh.level(2, "c"));
    assertEquals(3, fresh.level(3, "a"));
    assertEquals(0, fresh.level(4, "a"), "the code is used up");
    assertTrue(Arrays.equals(used().bytes(), used().bytes()), "equal states, equal bytes");
  }

  @Test
  void readFrom_cutOffAnywhere_isRefusedAndChangesNothing() throws IOException {
    byte[] bytes = used().bytes();
    Host host = used();
    byte[] before = host.bytes();
    for (int length = 0; length < bytes.length; length += length < 400 ? 1 : 37) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(
          SnapshotFormatException.class,
          () -> host.states.readFrom(new ByteArrayInputStream(cut)),
          "length " + length);
    }
    assertTrue(Arrays.equals(before, host.bytes()));
  }

  @Test
  void readFrom_anyBitChanged_isRefusedAndChangesNothing() throws IOException {
    byte[] bytes = used().bytes();
    Host host = used();
    byte[] before = host.bytes();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 3_000; i++) {
      byte[] changed = bytes.clone();
      int at = i < bytes.length ? i : random.nextInt(bytes.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      assertThrows(
          SnapshotFormatException.class,
          () -> host.states.readFrom(new ByteArrayInputStream(changed)),
          "byte " + at);
    }
    assertTrue(Arrays.equals(before, host.bytes()));
  }

  @Test
  void readFrom_foreignBytes_areNamed() throws IOException {
    Host host = used();
    byte[] bytes = host.bytes();
    byte[] version = bytes.clone();
    version[11] = 2;
    assertRefused("version must be 1, got 2", host.states, version);
    assertRefused("snapshot must begin with DGUARDST, got []", host.states, new byte[0]);
    assertRefused(
        "snapshot must begin with DGUARDST, got [0, 0, 0, 0, 0, 0, 0, 0]",
        host.states,
        new byte[100]);
    assertRefused(
        "snapshot must end with its checksum, got more bytes",
        host.states,
        Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused(
        "states must be of usage-limit, each once, got frequency-cap",
        GuardrailStates.of(List.of(host.codes)),
        bytes);
    GuardrailStates other =
        GuardrailStates.of(List.of(FrequencyCap.of(3, Duration.ofDays(7), 500)));
    byte[] capOnly = write(GuardrailStates.of(List.of(host.cap)));
    assertRefused(
        "layout of frequency-cap must be frequency-cap/1 maximum=3 window=PT168H, got"
            + " frequency-cap/1 maximum=2 window=PT168H",
        other,
        capOnly);
    GuardrailStates larger =
        GuardrailStates.of(List.of(FrequencyCap.of(MAXIMUM, Duration.ofDays(7), 50_000)));
    assertRefused("state of frequency-cap: segments must number 64, got 1", larger, capOnly);
  }

  private static void assertRefused(String message, GuardrailStates states, byte[] bytes) {
    assertEquals(
        message,
        assertThrows(
                SnapshotFormatException.class,
                () -> states.readFrom(new ByteArrayInputStream(bytes)))
            .getMessage());
  }

  private static byte[] write(GuardrailStates states) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    states.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void readFrom_withoutAState_leavesItAndSaysSo() throws IOException {
    Host host = used();
    byte[] capOnly = write(GuardrailStates.of(List.of(host.cap)));
    Host other = used();
    assertEquals(
        Set.of("usage-limit", "consistent-price", "price-ledger"),
        other.states.readFrom(new ByteArrayInputStream(capOnly)));
    assertEquals(9_000, other.lowest.ledger().lowestMinor("a", Shops.START_MILLIS));
  }

  @Test
  void of_twoStatesOfOneName_areRefused() {
    assertEquals(
        "stateName must be unique among guardrails, got usage-limit twice",
        assertThrows(
                IllegalArgumentException.class,
                () -> GuardrailStates.of(List.of(UsageLimit.total(1), UsageLimit.total(2))))
            .getMessage());
  }

  @Test
  void fileStore_savesAndRestores(@TempDir Path folder) throws IOException {
    StateStore store = new FileStateStore(folder.resolve("guardrails.state"));
    assertFalse(store.restore(new Host().states));
    store.save(new Host().states);
    store.save(used().states);
    Host fresh = new Host();
    assertTrue(store.restore(fresh.states));
    assertTrue(Arrays.equals(used().bytes(), fresh.bytes()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
  }

  @Test
  void fileStore_folderThatIsNotThere_isNamedAndTheOldFileStands(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("gone/guardrails.state");
    UncheckedIOException refused =
        assertThrows(
            UncheckedIOException.class, () -> new FileStateStore(file).save(new Host().states));
    assertEquals("cannot write " + file, refused.getMessage());
    Path good = folder.resolve("guardrails.state");
    Files.write(good, new byte[] {1, 2, 3});
    Host host = used();
    byte[] before = host.bytes();
    assertThrows(
        SnapshotFormatException.class, () -> new FileStateStore(good).restore(host.states));
    assertTrue(Arrays.equals(before, host.bytes()));
  }
}
