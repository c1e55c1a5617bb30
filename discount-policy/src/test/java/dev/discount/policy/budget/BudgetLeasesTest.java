package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.random.CounterRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetLeasesTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long HOUR_MILLIS = HOUR.toMillis();

  @TempDir private Path folder;

  private static BudgetLedger ledger() {
    BudgetLedger ledger = BudgetLedger.builder().budget("total", Journals.euro(1_000)).build();
    ledger.leases().register("berlin");
    ledger.leases().register("turin");
    return ledger;
  }

  private static BudgetLedger local() {
    return BudgetLedger.builder().build();
  }

  private static Lease grant(BudgetLedger ledger, String instance, long minor) {
    return ledger.leases().grant(instance, "total", minor, 0, HOUR).orElseThrow();
  }

  @Test
  void grant_spendRenewGiveUpEnd_everyMinorUnitIsAccountedFor() {
    BudgetLedger ledger = ledger();
    Lease lease = grant(ledger, "berlin", 400);
    assertEquals(new Lease(1, "berlin", "total", "EUR", 400, 0, 0, HOUR_MILLIS), lease);
    assertEquals(600, ledger.balance("total").freeMinor());
    BudgetLedger berlin = local();
    LeasedBudget leased = LeasedBudget.of(berlin, lease);
    BudgetAccount account = berlin.account("total");
    berlin.commit(account.reserve(300, 10), 300);
    assertEquals(BudgetLedger.REFUSED, account.reserve(101, 10));
    Lease more = ledger.leases().renew(leased.report(), 200, HOUR_MILLIS / 2, HOUR);
    assertEquals(new Lease(1, "berlin", "total", "EUR", 600, 0, 300, HOUR_MILLIS * 3 / 2), more);
    leased.renewed(more);
    assertEquals(300, account.freeMinor(10));
    assertEquals(300, ledger.balance("total").spentMinor());
    assertEquals(400, ledger.balance("total").freeMinor());
    long open = account.reserve(120, 10);
    assertFalse(leased.giveUp(181));
    assertTrue(leased.giveUp(180));
    assertEquals(BudgetLedger.REFUSED, account.reserve(1, 10));
    ledger.leases().report(leased.report());
    assertEquals(580, ledger.balance("total").freeMinor());
    berlin.commit(open, 100);
    ledger.leases().end(leased.report());
    assertEquals(new Balance("total", Journals.EURO, 1_000, 600, 0, 400), ledger.balance("total"));
    assertEquals(List.of(), ledger.leases().leases());
  }

  @Test
  void grant_moreThanThereIs_isEmptyAndRenewGivesTimeAlone() {
    BudgetLedger ledger = ledger();
    Lease lease = grant(ledger, "berlin", 900);
    assertEquals(Optional.empty(), ledger.leases().grant("turin", "total", 101, 0, HOUR));
    Lease renewed =
        ledger.leases().renew(new LeaseReport(lease.id(), 0, 0), 101, HOUR_MILLIS, HOUR);
    assertEquals(900, renewed.grantedMinor());
    assertEquals(2 * HOUR_MILLIS, renewed.untilMillis());
  }

  @Test
  void overdue_instanceDied_itsMoneyStaysGoneUntilSomebodyKnows() {
    BudgetLedger ledger = ledger();
    Lease lease = grant(ledger, "berlin", 400);
    ledger.leases().report(new LeaseReport(lease.id(), 50, 0));
    assertEquals(List.of(), ledger.leases().overdue(HOUR_MILLIS - 1));
    ledger.expire(HOUR_MILLIS);
    assertEquals(1, ledger.leases().overdue(HOUR_MILLIS).size());
    assertEquals(new Balance("total", Journals.EURO, 1_000, 600, 350, 50), ledger.balance("total"));
    assertEquals(BudgetLedger.REFUSED, ledger.account("total").reserve(601, HOUR_MILLIS));
    ledger.leases().end(new LeaseReport(lease.id(), 180, 0));
    assertEquals(new Balance("total", Journals.EURO, 1_000, 820, 0, 180), ledger.balance("total"));
  }

  @Test
  void reserve_leaseIsOver_refused() {
    BudgetLedger berlin = local();
    LeasedBudget leased = LeasedBudget.of(berlin, grant(ledger(), "berlin", 400));
    BudgetAccount account = berlin.account("total");
    long handle = account.reserve(10, HOUR_MILLIS - 1);
    assertTrue(handle > 0);
    assertEquals(0, account.freeMinor(HOUR_MILLIS));
    assertEquals(BudgetLedger.REFUSED, account.reserve(1, HOUR_MILLIS));
    // A clock that is set back does not open it again once the ledger knows the time.
    berlin.expire(HOUR_MILLIS);
    assertEquals(0, account.freeMinor(5));
    assertEquals(BudgetLedger.REFUSED, account.reserve(1, 5));
    assertEquals(1, berlin.clockSetbacks());
    assertEquals(Settlement.DONE, berlin.commit(handle, 10));
    assertEquals(new LeaseReport(1, 10, 0), leased.report());
  }

  @Test
  void grant_unknownInstance_isNamedAndTakesNothing() {
    BudgetLedger ledger = ledger();
    UnknownInstanceException thrown =
        assertThrows(UnknownInstanceException.class, () -> grant(ledger, "bonn", 10));
    assertEquals("bonn", thrown.instance());
    assertEquals("instance must be one of [berlin, turin], got bonn", thrown.getMessage());
    assertEquals(1_000, ledger.balance("total").freeMinor());
    assertEquals(Set.of("berlin", "turin"), ledger.leases().instances());
  }

  @Test
  void report_badOrOld_isNamedOrChangesNothing() {
    BudgetLedger ledger = ledger();
    BudgetLeases leases = ledger.leases();
    Lease lease = grant(ledger, "berlin", 400);
    leases.report(new LeaseReport(lease.id(), 100, 30));
    Lease old = leases.report(new LeaseReport(lease.id(), 60, 0));
    assertEquals(100, old.spentMinor());
    assertEquals(30, old.returnedMinor());
    for (LeaseReport report :
        List.of(
            new LeaseReport(9, 0, 0),
            new LeaseReport(lease.id(), 401, 0),
            new LeaseReport(lease.id(), 200, 201),
            new LeaseReport(lease.id(), Long.MAX_VALUE, Long.MAX_VALUE))) {
      assertThrows(IllegalArgumentException.class, () -> leases.report(report));
      assertThrows(IllegalArgumentException.class, () -> leases.end(report));
    }
    assertThrows(IllegalArgumentException.class, () -> leases.register(" "));
    assertThrows(IllegalArgumentException.class, () -> grant(ledger, "berlin", 0));
    assertThrows(
        IllegalArgumentException.class, () -> leases.grant("berlin", "total", 1, 0, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> leases.renew(new LeaseReport(lease.id(), 0, 0), -1, 0, HOUR));
    assertEquals(
        new Balance("total", Journals.EURO, 1_000, 630, 270, 100), ledger.balance("total"));
  }

  @Test
  void renewed_olderAnswer_changesNothingAndAnotherLeaseIsRefused() {
    BudgetLedger ledger = ledger();
    Lease first = grant(ledger, "berlin", 100);
    LeasedBudget leased = LeasedBudget.of(local(), first);
    leased.renewed(ledger.leases().renew(leased.report(), 100, 5, HOUR));
    leased.renewed(first);
    assertEquals(new LeaseReport(first.id(), 0, 0), leased.report());
    assertThrows(IllegalArgumentException.class, () -> leased.renewed(grant(ledger, "turin", 1)));
  }

  @Test
  void of_instanceStartsAgain_onlyWithItsJournal() throws IOException {
    BudgetLedger ledger = ledger();
    Lease lease = grant(ledger, "berlin", 400);
    Path path = folder.resolve("berlin");
    LeaseReport late;
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger berlin = BudgetLedger.builder().build(journal);
      LeasedBudget leased = LeasedBudget.of(berlin, lease);
      berlin.commit(berlin.account("total").reserve(70, 0), 70);
      assertTrue(leased.giveUp(30));
      late = leased.report();
      Files.copy(path, folder.resolve("crashed"));
      assertTrue(leased.giveUp(200)); // Neither forced nor reported.
    }
    assertEquals(new LeaseReport(lease.id(), 70, 30), late);
    path = folder.resolve("crashed");
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger berlin = BudgetLedger.builder().build(journal);
      assertEquals(BudgetLedger.REFUSED, berlin.account("total").reserve(1, 0));
      // The report is still on its way, and the answer is as old as can be.
      LeasedBudget leased = LeasedBudget.of(berlin, lease);
      assertEquals(400 - 70 - 30, berlin.account("total").freeMinor(0));
      ledger.leases().report(late);
      assertEquals(630, ledger.balance("total").freeMinor());
      assertEquals(late, leased.report());
      assertThrows(
          IllegalArgumentException.class, () -> berlin.changeBudget("total", Journals.euro(500)));
      assertThrows(
          IllegalArgumentException.class,
          () -> LeasedBudget.of(berlin, grant(ledger, "berlin", 5)));
    }
    Lease more = ledger.leases().report(new LeaseReport(lease.id(), 90, 30));
    assertThrows(IllegalArgumentException.class, () -> LeasedBudget.of(local(), more));
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger berlin = BudgetLedger.builder().build(journal);
      IllegalArgumentException thrown =
          assertThrows(IllegalArgumentException.class, () -> LeasedBudget.of(berlin, more));
      assertTrue(thrown.getMessage().startsWith("lease must be new, or be known"));
    }
  }

  @Test
  void of_budgetOfTheHost_isRefusedAndStaysAsItIs() {
    Lease lease = grant(ledger(), "berlin", 400);
    BudgetLedger own = BudgetLedger.builder().budget("total", Journals.euro(7)).build();
    assertThrows(IllegalArgumentException.class, () -> LeasedBudget.of(own, lease));
    assertEquals(7, own.account("total").freeMinor(0));
  }

  @Test
  void journal_ofTheLedger_keepsInstancesAndLeases() {
    Path path = folder.resolve("journal");
    Lease open;
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger ledger = Journals.builder().build(journal);
      ledger.leases().register("berlin");
      Lease ended = grant(ledger, "berlin", 100);
      ledger.leases().end(new LeaseReport(ended.id(), 40, 0));
      open = grant(ledger, "berlin", 300);
      ledger.leases().renew(new LeaseReport(open.id(), 10, 5), 20, 7, HOUR);
      open = ledger.leases().lease(open.id()).orElseThrow();
    }
    for (int again = 0; again < 2; again++) {
      try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
        BudgetLedger ledger = Journals.builder().build(journal);
        assertEquals(List.of(open), ledger.leases().leases());
        assertEquals(
            new Balance("total", Journals.EURO, 100_000, 99_645, 305, 50), ledger.balance("total"));
        assertEquals(Set.of("berlin"), ledger.leases().instances());
      }
    }
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      long next = grant(Journals.builder().build(journal), "berlin", 1).id();
      assertTrue(next > open.id() + 1_000, "id " + next);
    }
  }

  @Test
  void grantAndRenew_areForcedBeforeTheAnswer() throws IOException {
    Path path = folder.resolve("journal");
    Journals.SmallDisk disk = new Journals.SmallDisk(path, 1 << 20);
    LedgerJournal journal = LedgerJournal.open(disk, Journals.config());
    BudgetLedger ledger = Journals.builder().build(journal);
    ledger.leases().register("berlin");
    Lease lease = grant(ledger, "berlin", 100);
    assertEquals(100, inFile(path, lease.id()).grantedMinor());
    assertEquals(disk.written, disk.forced);
    ledger.leases().renew(new LeaseReport(lease.id(), 0, 0), 50, 5, HOUR);
    assertEquals(150, inFile(path, lease.id()).grantedMinor());
    assertEquals(disk.written, disk.forced);
    disk.forces = false;
    assertThrows(JournalWriteException.class, () -> grant(ledger, "berlin", 70));
    assertEquals(99_780, ledger.balance("total").freeMinor());
    disk.forces = true;
    journal.close();
    assertEquals(2, JournalReader.read(path).state().leases().size());
  }

  private static JournalState.LeaseState inFile(Path path, long id) {
    return JournalReader.read(path).state().leases().get(id);
  }

  @Test
  void grant_afterTheTailWasLost_noIdIsGivenTwice() throws IOException {
    Path path = folder.resolve("journal");
    Path copy = folder.resolve("copy");
    Set<Long> given = new HashSet<>();
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger ledger = Journals.builder().build(journal);
      ledger.leases().register("berlin");
      journal.force();
      Files.copy(path, copy);
      for (int i = 0; i < 5; i++) {
        given.add(grant(ledger, "berlin", 1).id());
      }
    }
    Files.move(copy, path, StandardCopyOption.REPLACE_EXISTING);
    try (LedgerJournal journal = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger ledger = Journals.builder().build(journal);
      for (int i = 0; i < 5; i++) {
        assertTrue(given.add(grant(ledger, "berlin", 1).id()));
      }
    }
  }

  /** Instances that spend, renew, give up and die, with messages lost and repeated. */
  @Test
  void instances_dyingAtRandom_neverSpendMoreThanTheBudgetTogether() {
    for (int run = 0; run < 40; run++) {
      BudgetLedger ledger = ledger();
      List<LeasedBudget> alive = new ArrayList<>();
      List<BudgetLedger> locals = new ArrayList<>();
      long spent = 0;
      LeaseReport late = null;
      for (int step = 0; step < 400; step++) {
        double u = CounterRandom.unit(run, step, 3);
        int choice = (int) (u * 1_000) % 10;
        if (choice == 0) {
          Optional<Lease> lease =
              ledger.leases().grant("berlin", "total", 1 + (int) (u * 90), step, HOUR);
          if (lease.isPresent()) {
            BudgetLedger local = local();
            locals.add(local);
            alive.add(LeasedBudget.of(local, lease.get()));
          }
          continue;
        }
        if (alive.isEmpty()) {
          continue;
        }
        int who = (int) (u * 1e6) % alive.size();
        BudgetLedger local = locals.get(who);
        LeasedBudget leased = alive.get(who);
        if (choice == 1) {
          alive.remove(who); // It dies, and nobody hears from it again.
          locals.remove(who);
        } else if (choice == 2) {
          Lease more = ledger.leases().renew(leased.report(), (int) (u * 60), step, HOUR);
          if (step % 3 != 0) {
            leased.renewed(more); // Else the answer is lost.
          }
        } else if (choice == 3) {
          leased.giveUp(1 + (int) (u * 9));
        } else if (choice == 4) {
          late = late == null ? leased.report() : late;
          ledger.leases().report(late);
          late = step % 2 == 0 ? null : late;
        } else {
          long amount = 1L + (int) (u * 20);
          long handle = local.account("total").reserve(amount, step);
          if (handle > 0) {
            spent += local.commit(handle, amount) == Settlement.DONE ? amount : 0;
          }
        }
        Balance balance = ledger.balance("total");
        assertTrue(balance.freeMinor() >= 0);
        assertTrue(spent <= balance.reservedMinor() + balance.spentMinor(), "step " + step);
      }
      assertTrue(spent > 100 && spent <= 1_000);
    }
  }
}
