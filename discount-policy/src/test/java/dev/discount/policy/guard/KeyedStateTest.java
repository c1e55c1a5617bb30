package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedStateTest {

  private static final KeyedState.Life FOREVER = (state, now) -> true;

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 1_300, 50_000})
  void readAndCompareAndSet_equalAMap_upToTheCapacity(int capacity) {
    KeyedState table = new KeyedState(capacity, FOREVER);
    Map<Long, Long> model = new HashMap<>();
    SplittableRandom random = new SplittableRandom(capacity);
    for (int step = 0; step < 6 * capacity; step++) {
      long key = Keys.of(random.nextLong(capacity));
      long before = model.getOrDefault(key, 0L);
      assertEquals(before, table.read(key, 1));
      boolean right = random.nextInt(3) > 0;
      long next = random.nextLong(1, Long.MAX_VALUE);
      assertEquals(right, table.compareAndSet(key, right ? before : before + 1, next, 1));
      if (right) {
        model.put(key, next);
      }
    }
    assertTrue(table.size() <= capacity);
    model.forEach((key, state) -> assertEquals(state, table.read(key, 1)));
  }

  @Test
  void bytes_tenMillionKeys_areAtMostSixteenEach() {
    for (int capacity : new int[] {100_000, 1_000_000, 10_000_000}) {
      double each = (double) new KeyedState(capacity, FOREVER).bytes() / capacity;
      assertTrue(each <= 16, capacity + " keys take " + each);
    }
  }

  @Test
  void full_withoutDeadStates_hasNoRoomAndLosesNothing() {
    KeyedState table = new KeyedState(100, FOREVER);
    int kept = 0;
    for (long id = 0; id < 200; id++) {
      kept += setOrGiveUp(table, Keys.of(id), 100) ? 1 : 0;
    }
    assertTrue(kept >= 100 && kept < 130, "kept " + kept);
    long found = 0;
    for (long id = 0; id < 200; id++) {
      long state = table.read(Keys.of(id), 100);
      assertTrue(state == 7 || state == KeyedState.NO_ROOM, "state " + state);
      found += state == 7 ? 1 : 0;
    }
    assertEquals(kept, found);
    assertEquals(0, table.read(Keys.of(999), 200), "after a while it is tried again");
  }

  private static boolean setOrGiveUp(KeyedState table, long key, long now) {
    for (int i = 0; i < 3; i++) {
      if (table.read(key, now) == 0 && table.compareAndSet(key, 0, 7, now)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void full_withDeadStates_makesRoomAndKeepsTheLive() {
    KeyedState table = new KeyedState(1_000, (state, now) -> state >= now);
    for (long id = 0; id < 20_000; id++) {
      long now = 1 + id;
      long key = Keys.of(id);
      long state = now + 500; // lives for the next 500 keys
      if (!table.compareAndSet(key, 0, state, now)) {
        assertTrue(table.compareAndSet(key, 0, state, now), "id " + id);
      }
      for (long live = Math.max(0, id - 500); live <= id; live += 100) {
        assertEquals(live + 501, table.read(Keys.of(live), now));
      }
    }
    assertTrue(table.size() < 1_200);
  }

  @Test
  void writeAndRead_keepEveryNumber_alsoAboveTheLimit() throws IOException {
    KeyedState table = new KeyedState(5_000, FOREVER);
    for (long id = 0; id < 5_000; id++) {
      assertTrue(table.compareAndSet(Keys.of(id), 0, id + 1, 1));
    }
    KeyedState other = new KeyedState(5_000, FOREVER);
    assertTrue(other.compareAndSet(Keys.of(-1), 0, 9, 1));
    other.readFrom(in(bytes(table))).run();
    assertEquals(0, other.read(Keys.of(-1), 1));
    for (long id = 0; id < 5_000; id++) {
      assertEquals(id + 1, other.read(Keys.of(id), 1));
    }
  }

  @Test
  void read_whatDoesNotFit_isRefused() throws IOException {
    KeyedState table = new KeyedState(5_000, FOREVER);
    assertTrue(table.compareAndSet(Keys.of(1), 0, 1, 1));
    byte[] bytes = bytes(table);
    assertThrows(
        SnapshotFormatException.class, () -> new KeyedState(100, FOREVER).readFrom(in(bytes)));
    byte[] negative = bytes.clone();
    for (int i = 4; i < bytes.length; i++) {
      negative[i] = -1;
    }
    assertThrows(SnapshotFormatException.class, () -> table.readFrom(in(negative)));
    assertEquals(1, table.read(Keys.of(1), 1));
  }

  @Test
  void keys_textOfANumber_isTheNumber() {
    assertEquals(Keys.of(17), Keys.of("17"));
    assertEquals(Keys.MISSING, Keys.of(""));
    assertFalse(Keys.of("017") == Keys.of(17));
    assertFalse(Keys.pair(Keys.of(1), Keys.of(2)) == Keys.pair(Keys.of(2), Keys.of(1)));
    assertEquals(Keys.MISSING, Keys.pair(Keys.of(1), Keys.MISSING));
  }

  @Test
  void capacity_outOfRange_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new KeyedState(0, FOREVER));
    assertThrows(IllegalArgumentException.class, () -> new KeyedState(Integer.MAX_VALUE, FOREVER));
  }

  private static byte[] bytes(KeyedState table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
