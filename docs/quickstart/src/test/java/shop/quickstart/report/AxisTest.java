package shop.quickstart.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void ticks_roundRange_areRoundValues() {
    Axis axis = Axis.around(new double[] {0.26, Double.NaN, 0.44}, 300, 40, 5);
    assertEquals(0.25, axis.low(), 1e-12);
    assertEquals(0.45, axis.high(), 1e-12);
    assertArrayEquals(new double[] {0.25, 0.3, 0.35, 0.4, 0.45}, axis.ticks(5), 1e-12);
    assertEquals(2, axis.digits(5));
    assertEquals(170, axis.at(0.35), 1e-9);
  }

  @Test
  void around_oneValue_leavesRoom() {
    Axis axis = Axis.around(new double[] {5, 5}, 0, 1, 4);
    assertTrue(axis.low() < 5 && axis.high() > 5);
  }

  @Test
  void new_emptyRange_isRejected() {
    assertThrows(IllegalArgumentException.class, () -> new Axis(1, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Axis(0, Double.NaN, 0, 1));
  }

  @Property
  void around_anyValues_holdsThemBetweenItsTicks(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -1e9, max = 1e9) Double> list) {
    double[] values = list.stream().mapToDouble(Double::doubleValue).toArray();
    Axis axis = Axis.around(values, 100, 0, 5);
    for (double value : values) {
      double at = axis.at(value);
      assertTrue(at >= -1e-6 && at <= 100 + 1e-6, () -> value + " at " + at);
    }
    assertTrue(axis.ticks(5).length >= 2 && axis.ticks(5).length <= 13);
  }
}
