package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Money;
import dev.discount.policy.log.ForceRule;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal keeps, and what it does where it cannot. */
class LedgerJournalTest {

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("budget.journal");
  }

  private LedgerJournal open() {
    return LedgerJournal.open(path(), Journals.config());
  }

  @Test
  void build_again_budgetsReservationsAndHandlesAreThere() {
    long open;
    long committed;
    long both;
    try (LedgerJournal journal = open()) {
      assertFalse(journal.wasFound());
      BudgetLedger ledger = Journals.builder().build(journal);
      BudgetAccount total = ledger.account("total");
      open = total.reserve(70, 5);
      committed = total.reserve(50, 5);
      both = ledger.account("total", "spring").reserve(30, 5);
      assertEquals(Settlement.DONE, ledger.commit(committed, 40));
      ledger.release(total.reserve(11, 5));
      ledger.changeBudget("spring", Journals.euro(25));
      ledger.addBudget("summer", Journals.euro(7));
    }
    try (LedgerJournal journal = open()) {
      assertTrue(journal.wasFound());
      assertEquals(0, journal.tornBytes());
      BudgetLedger ledger = Journals.builder().build(journal);
      assertEquals(Set.of("total", "spring", "summer"), ledger.budgets());
      assertEquals(
          new Balance("total", Journals.EURO, 100_000, 99_860, 100, 40), ledger.balance("total"));
      assertEquals(new Balance("spring", Journals.EURO, 25, -5, 30, 0), ledger.balance("spring"));
      assertEquals(new Balance("summer", Journals.EURO, 7, 7, 0, 0), ledger.balance("summer"));
      assertEquals(Settlement.UNKNOWN, ledger.commit(committed, 40));
      assertEquals(Settlement.DONE, ledger.commit(open, 70));
      assertEquals(1, ledger.expire(1_005));
      assertEquals(Settlement.EXPIRED, ledger.commit(both, 30));
    }
    try (LedgerJournal journal = open()) {
      BudgetLedger ledger = Journals.builder().build(journal);
      assertEquals(
          new Balance("total", Journals.EURO, 100_000, 99_890, 0, 110), ledger.balance("total"));
      assertEquals(25, ledger.balance("spring").freeMinor());
    }
  }

  @Test
  void reserve_afterUnforcedHandlesWereLost_noHandleIsGivenTwice() throws IOException {
    Path copy = folder.resolve("copy");
    List<Long> lost = new ArrayList<>();
    try (LedgerJournal journal = open()) {
      BudgetLedger ledger = Journals.builder().build(journal);
      Files.copy(path(), copy);
      for (int i = 0; i < 500; i++) {
        long handle = ledger.account("total").reserve(1, 0);
        lost.add(handle);
        ledger.release(handle);
      }
    }
    Files.move(copy, path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (LedgerJournal journal = open()) {
      BudgetLedger ledger = Journals.builder().build(journal);
      for (int i = 0; i < 200; i++) {
        assertFalse(lost.contains(ledger.account("total").reserve(1, 0)));
      }
      for (long handle : lost) {
        assertEquals(Settlement.UNKNOWN, ledger.commit(handle, 1));
      }
    }
  }

  @Test
  void reserve_afterLostHandlesOfAPlaceThatWasOpen_noHandleIsGivenTwice() throws IOException {
    Path copy = folder.resolve("copy");
    List<Long> lost = new ArrayList<>();
    long open;
    try (LedgerJournal journal = open()) {
      BudgetLedger ledger = Journals.builder().build(journal);
      open = ledger.account("total").reserve(1, 0);
      journal.force();
      Files.copy(path(), copy);
      ledger.release(open);
      for (int i = 0; i < 400; i++) {
        long handle = ledger.account("total").reserve(1, 0);
        lost.add(handle);
        ledger.release(handle);
      }
    }
    Files.move(copy, path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (LedgerJournal journal = open()) {
      BudgetLedger ledger = Journals.builder().build(journal);
      assertEquals(Settlement.DONE, ledger.release(open));
      for (int i = 0; i < 400; i++) {
        long handle = ledger.account("total").reserve(1, 0);
        assertFalse(lost.contains(handle));
        ledger.release(handle);
      }
    }
  }

  @Test
  void reserve_afterARestartBelowZero_refusesUntilTheGapIsFilled() {
    long small;
    try (LedgerJournal journal = open()) {
      BudgetLedger ledger = Journals.builder().build(journal);
      ledger.account("spring").reserve(50, 0);
      small = ledger.account("spring").reserve(30, 0);
      ledger.changeBudget("spring", Journals.euro(40));
    }
    try (LedgerJournal journal = open()) {
      BudgetLedger ledger = Journals.builder().build(journal);
      assertEquals(-40, ledger.balance("spring").freeMinor());
      assertEquals(Settlement.DONE, ledger.release(small));
      assertEquals(BudgetLedger.REFUSED, ledger.account("spring").reserve(10, 0));
      assertEquals(-10, ledger.balance("spring").freeMinor());
    }
  }

  @Test
  void close_diskFullAtTheEnd_canBeClosedAgainAndRead() {
    Journals.SmallDisk disk = new Journals.SmallDisk(path(), 1 << 20);
    LedgerJournal journal = LedgerJournal.open(disk, Journals.config());
    Journals.builder().build(journal).account("total").reserve(1, 0);
    journal.force();
    disk.room = 5;
    assertThrows(JournalWriteException.class, journal::close);
    disk.room = 1 << 20;
    journal.close();
    assertEquals(99_999, JournalReader.read(path()).state().sums().get(0).freeMinor);
  }

  @Test
  void force_thatFailed_isNotBelievedWhenTriedAgain() throws IOException {
    Journals.SmallDisk disk = new Journals.SmallDisk(path(), 1 << 20);
    LedgerJournal journal = LedgerJournal.open(disk, Journals.config());
    BudgetLedger ledger = Journals.builder().build(journal);
    ledger.commit(ledger.account("total").reserve(7, 0), 7);
    disk.forces = false;
    assertThrows(JournalWriteException.class, journal::force);
    assertEquals(JournalWriteException.Problem.IO, journal.failure().problem());
    assertThrows(JournalWriteException.class, () -> ledger.account("total").reserve(1, 0));
    disk.forces = true;
    Thread.currentThread().interrupt();
    journal.run(); // Until the interrupt.
    assertTrue(Thread.interrupted());
    assertEquals(7, spent(Files.copy(path(), folder.resolve("copy"))));
    ledger.commit(ledger.account("total").reserve(4, 0), 4);
    disk.forces = false;
    assertThrows(JournalWriteException.class, journal::close);
    disk.forces = true;
    journal.close();
    assertEquals(11, spent(path()));
    try (LedgerJournal again = open()) {
      assertEquals(0, again.tornBytes());
      assertEquals(11, Journals.builder().build(again).balance("total").spentMinor());
    }
  }

  private static long spent(Path journal) {
    return JournalReader.read(journal).state().sums().get(0).spentMinor;
  }

  @Test
  void forceAndRewrite_interrupted_areDoneAndTheInterruptStays() throws IOException {
    Journals.SmallDisk disk = new Journals.SmallDisk(path(), 1 << 20);
    LedgerJournal journal = LedgerJournal.open(disk, Journals.config().withCompactBytes(1 << 12));
    Thread.currentThread().interrupt();
    BudgetLedger ledger = Journals.builder().build(journal);
    assertTrue(Thread.interrupted());
    boolean interrupted = false;
    boolean[] interrupts = {false};
    disk.before =
        bytes -> {
          interrupts[0] = !interrupts[0];
          if (interrupts[0]) {
            Thread.currentThread().interrupt();
          }
        };
    for (int i = 0; i < 400; i++) {
      ledger.commit(ledger.account("total").reserve(1, 0), 1);
      if (i % 20 == 0) {
        journal.force();
        interrupted |= Thread.interrupted();
        assertEquals(i + 1, spent(path()));
        assertTrue(Files.size(path()) < 1 << 13);
      }
    }
    journal.close();
    interrupted |= Thread.interrupted();
    assertTrue(interrupted);
    assertEquals(400, spent(path()));
  }

  @Test
  void close_beforeBuild_buildIsRefusedAndNothingIsWritten() throws IOException {
    try (LedgerJournal journal = open()) {
      Journals.builder().build(journal).account("total").reserve(1, 0);
    }
    byte[] before = Files.readAllBytes(path());
    LedgerJournal closed = open();
    assertThrows(IllegalStateException.class, closed::run);
    closed.close();
    try (LedgerJournal other = open()) {
      JournalWriteException thrown =
          assertThrows(JournalWriteException.class, () -> Journals.builder().build(closed));
      assertEquals(JournalWriteException.Problem.CLOSED, thrown.problem());
      assertArrayEquals(before, Files.readAllBytes(path()));
      assertTrue(other.wasFound());
    }
  }

  @Test
  void close_afterABuildThatFailed_leavesTheOldJournal() throws IOException {
    try (LedgerJournal journal = open()) {
      Journals.builder().build(journal).account("total").reserve(1, 0);
    }
    byte[] before = Files.readAllBytes(path());
    Journals.SmallDisk disk = new Journals.SmallDisk(path(), 0);
    LedgerJournal journal = LedgerJournal.open(disk, Journals.config());
    assertThrows(JournalWriteException.class, () -> Journals.builder().build(journal));
    journal.close();
    assertArrayEquals(before, Files.readAllBytes(path()));
  }

  @Test
  void run_byAThreadOfTheHost_forcesWhatIsAskedFor() throws Exception {
    LedgerJournal journal =
        LedgerJournal.open(path(), Journals.config().withForce(ForceRule.everyBlock()));
    BudgetLedger ledger = Journals.builder().build(journal);
    Thread writer = new Thread(journal);
    writer.start();
    for (int i = 0; i < 20_000; i++) {
      ledger.commit(ledger.account("total").reserve(1, 0), 1);
    }
    journal.force();
    Path copy = Files.copy(path(), folder.resolve("copy"));
    assertEquals(20_000, JournalReader.read(copy).state().sums().get(0).spentMinor);
    journal.close();
    writer.join();
    assertEquals(20_000, JournalReader.read(path()).state().sums().get(0).spentMinor);
  }

  @Test
  void run_interrupted_endsAndGoesOnWhenRunAgain() throws Exception {
    LedgerJournal journal =
        LedgerJournal.open(path(), Journals.config().withForce(ForceRule.everyBlock()));
    BudgetLedger ledger = Journals.builder().build(journal);
    for (int round = 0; round < 20; round++) {
      Thread writer = new Thread(journal);
      writer.start();
      for (int i = 0; i < 50; i++) {
        ledger.commit(ledger.account("total").reserve(1, 0), 1);
      }
      writer.interrupt();
      writer.join();
    }
    journal.close();
    assertEquals(1_000, JournalReader.read(path()).state().sums().get(0).spentMinor);
  }

  @Test
  void tick_manySettled_fileStaysSmall() throws IOException {
    long spent = 0;
    try (LedgerJournal journal =
        LedgerJournal.open(path(), Journals.config().withCompactBytes(1 << 16))) {
      BudgetLedger ledger = Journals.builder().build(journal);
      long open = ledger.account("total").reserve(9, 0);
      for (int i = 0; i < 20_000; i++) {
        ledger.commit(ledger.account("total").reserve(2, 0), 1);
        spent++;
        if (i % 300 == 0) {
          journal.force();
          assertTrue(Files.size(path()) < 1 << 18);
        }
      }
      assertEquals(Settlement.DONE, ledger.release(open));
    }
    assertEquals(spent, JournalReader.read(path()).state().sums().get(0).spentMinor);
  }

  @Test
  void build_otherCurrencyOrTooLittleRoom_isNamedAndChangesNothing() throws IOException {
    try (LedgerJournal journal = open()) {
      BudgetLedger ledger = Journals.builder().build(journal);
      for (int i = 0; i < 40; i++) {
        ledger.account("total").reserve(1, 0);
      }
    }
    byte[] before = Files.readAllBytes(path());
    try (LedgerJournal journal = open()) {
      Money yen = new Money(5, Currency.getInstance("JPY"));
      IllegalArgumentException currency =
          assertThrows(
              IllegalArgumentException.class,
              () -> BudgetLedger.builder().budget("total", yen).build(journal));
      assertEquals("budget total must be in EUR as before, got 5 JPY", currency.getMessage());
      assertThrows(
          IllegalArgumentException.class, () -> Journals.builder().reservations(2).build(journal));
      assertArrayEquals(before, Files.readAllBytes(path()));
      Journals.builder().build(journal);
      assertThrows(IllegalStateException.class, () -> Journals.builder().build(journal));
    }
  }

  @Test
  void open_foreignOtherVersionOrAltered_isNamed() throws IOException {
    Files.writeString(path(), "not a journal at all, but long enough", StandardCharsets.UTF_8);
    assertMessage("begin the journal of a budget");
    Files.writeString(path(), "", StandardCharsets.UTF_8);
    assertMessage("begin the journal of a budget");
    Files.delete(path());
    try (LedgerJournal journal = open()) {
      Journals.builder().build(journal).account("total").reserve(1, 0);
    }
    byte[] whole = Files.readAllBytes(path());
    byte[] other = whole.clone();
    other[7] = 2;
    Files.write(path(), other);
    assertMessage("have version 1, got 2");
    for (int at = 0; at < whole.length - JournalBlock.HEADER_BYTES; at++) {
      byte[] altered = whole.clone();
      altered[at] ^= (byte) (1 << at % 8);
      Files.write(path(), altered);
      assertThrows(JournalFormatException.class, this::open, "bit of byte " + at);
    }
    Files.write(path(), whole);
    open().close();
    assertArrayEquals(whole, Files.readAllBytes(path()));
  }

  private void assertMessage(String part) {
    JournalFormatException thrown = assertThrows(JournalFormatException.class, this::open);
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
  }

  @Test
  void open_usedByAnother_isNamed() {
    try (LedgerJournal journal = open()) {
      Journals.builder().build(journal);
      JournalWriteException thrown = assertThrows(JournalWriteException.class, this::open);
      assertEquals(JournalWriteException.Problem.IN_USE, thrown.problem());
    }
    open().close();
  }

  @Test
  void open_folderThatCannotBeWritten_isNamed() {
    Path readOnly = Path.of(URI.create("jrt:/java.base")).resolve("journal");
    JournalWriteException thrown =
        assertThrows(
            JournalWriteException.class, () -> LedgerJournal.open(readOnly, Journals.config()));
    assertEquals(JournalWriteException.Problem.READ_ONLY, thrown.problem());
    Path missing = folder.resolve("missing").resolve("journal");
    assertThrows(JournalWriteException.class, () -> LedgerJournal.open(missing, Journals.config()));
  }

  @Test
  void reserve_diskFull_isNamedNothingIsHalfDoneAndGoesOn() {
    Journals.SmallDisk disk = new Journals.SmallDisk(path(), 10_000);
    LedgerJournal journal = LedgerJournal.open(disk, Journals.config());
    BudgetLedger ledger = Journals.builder().build(journal);
    long first = ledger.account("total").reserve(1, 0);
    JournalWriteException thrown =
        assertThrows(
            JournalWriteException.class,
            () -> {
              while (true) {
                ledger.commit(ledger.account("total").reserve(1, 0), 1);
                journal.force();
              }
            });
    assertEquals(JournalWriteException.Problem.DISK_FULL, thrown.problem());
    Balance full = ledger.balance("total");
    assertThrows(JournalWriteException.class, () -> ledger.account("total").reserve(1, 0));
    assertThrows(JournalWriteException.class, () -> ledger.commit(first, 1));
    assertThrows(JournalWriteException.class, () -> ledger.changeBudget("total", Journals.euro(5)));
    assertThrows(
        JournalWriteException.class, () -> ledger.changeBudget("total", Journals.euro(500_000)));
    assertEquals(full, ledger.balance("total"));
    assertThrows(JournalWriteException.class, journal::force);
    disk.room = 1 << 20;
    disk.forces = false;
    assertThrows(JournalWriteException.class, journal::close);
    disk.forces = true;
    journal.close();
    JournalState.Sum left = JournalReader.read(path()).state().sums().get(0);
    assertEquals(full.spentMinor(), left.spentMinor);
    assertEquals(full.freeMinor(), left.freeMinor);
  }

  @Test
  void build_diskFull_isNamedAndTheOldJournalStands() throws IOException {
    try (LedgerJournal journal = open()) {
      Journals.builder().build(journal).account("total").reserve(1, 0);
    }
    byte[] before = Files.readAllBytes(path());
    Journals.SmallDisk disk = new Journals.SmallDisk(path(), 10);
    try (LedgerJournal journal = LedgerJournal.open(disk, Journals.config())) {
      JournalWriteException thrown =
          assertThrows(JournalWriteException.class, () -> Journals.builder().build(journal));
      assertEquals(JournalWriteException.Problem.DISK_FULL, thrown.problem());
    }
    assertArrayEquals(before, Files.readAllBytes(path()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void reserve_withoutAWriter_saysSoAndTakesNothing() {
    LedgerJournal journal = LedgerJournal.open(path(), Journals.config().withRingEntries(64));
    BudgetLedger ledger = Journals.builder().build(journal);
    JournalWriteException thrown =
        assertThrows(
            JournalWriteException.class,
            () -> {
              while (true) {
                assertNotEquals(0, ledger.account("total").reserve(1, 0));
              }
            });
    assertEquals(JournalWriteException.Problem.NO_WRITER, thrown.problem());
    long reserved = ledger.balance("total").reservedMinor();
    assertTrue(reserved > 50 && reserved < 64);
    journal.close();
    JournalWriteException closed =
        assertThrows(JournalWriteException.class, () -> ledger.account("total").reserve(1, 0));
    assertEquals(JournalWriteException.Problem.CLOSED, closed.problem());
    JournalState.Sum left = JournalReader.read(path()).state().sums().get(0);
    assertEquals(100_000 - reserved, left.freeMinor);
  }
}
