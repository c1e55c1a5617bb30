package dev.discount.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RowGroupsPropertyTest {

  @Property(tries = 300)
  void group_anyIndexes_equalsLinkedHashMap(
      @ForAll @Size(max = 200) List<@IntRange(max = 60) Integer> first,
      @ForAll @Size(max = 200) List<Integer> second) {
    RowGroups groups = new RowGroups(200);
    assertGroups(groups, first);
    assertGroups(groups, second); // nothing of the batch before is left
  }

  private static void assertGroups(RowGroups groups, List<Integer> indexes) {
    int[] array = indexes.stream().mapToInt(Integer::intValue).toArray();
    groups.group(array, array.length);
    Map<Integer, List<Integer>> expected = new LinkedHashMap<>();
    for (int row = 0; row < array.length; row++) {
      expected.computeIfAbsent(array[row], k -> new ArrayList<>()).add(row);
    }
    assertEquals(expected.size(), groups.size());
    int group = 0;
    for (List<Integer> rows : expected.values()) {
      List<Integer> given = new ArrayList<>();
      for (int row = groups.firstRow(group++); row >= 0; row = groups.nextRow(row)) {
        given.add(row);
      }
      assertEquals(rows, given);
    }
  }
}
