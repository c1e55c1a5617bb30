package dev.discount.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.bench.guard.GuardRecord.Figure;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.RunnerException;

class GuardRunTest {

  static List<GuardedFigure> guarded() {
    return GuardedFigure.ALL;
  }

  /** A parameter left open would be measured at each of its values. */
  @ParameterizedTest
  @MethodSource("guarded")
  void guardedFigure_nameAndParameters_areThoseOfOneBenchmark(GuardedFigure guarded) {
    Method method =
        Arrays.stream(guarded.type().getDeclaredMethods())
            .filter(m -> m.getName().equals(guarded.method()))
            .filter(m -> m.isAnnotationPresent(Benchmark.class))
            .findFirst()
            .orElseThrow();
    Map<String, Set<String>> parameters = new HashMap<>();
    List<Class<?>> states = new ArrayList<>(List.of(method.getParameterTypes()));
    states.add(guarded.type());
    for (Field field : states.stream().flatMap(s -> Stream.of(s.getDeclaredFields())).toList()) {
      if (field.isAnnotationPresent(Param.class)) {
        parameters.put(field.getName(), Set.of(field.getAnnotation(Param.class).value()));
      }
    }
    assertEquals(parameters.keySet(), guarded.parameters().keySet());
    guarded.parameters().forEach((name, value) -> assertTrue(parameters.get(name).contains(value)));
  }

  @Test
  void measure_oneShortIteration_givesSpeedBesideTheCalibration() throws RunnerException {
    GuardedFigure product =
        GuardedFigure.ALL.stream().filter(g -> g.name().equals("kernel.forward.8")).toList().get(0);
    Figure figure = new GuardRun(0, 0, 1, 5).measure(product);
    assertTrue(figure.perSecond() > 0 && figure.perSecond() < 1e12, figure.toString());
    assertTrue(figure.calibration() > 0 && figure.calibration() < 1e6, figure.toString());
  }

  @ParameterizedTest
  @EnumSource
  void make_probe_countsItsWork(Probe probe) {
    double rate = probe.make().getAsDouble();
    assertTrue(rate > 0 && rate < 1e6, rate + " " + probe.unit());
  }
}
