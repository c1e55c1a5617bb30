package dev.discount.nn;

import dev.discount.nn.ResponseNetConfig.Activation;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TrainingConfig.Optimizer;
import dev.discount.nn.TrainingConfig.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Training settings as text by name, both ways. Stateless. */
final class TrainingOptions {

  private static final String PRESET = "preset";
  private static final Map<String, Setter> SETTERS = setters();

  /** The settings while they are changed. */
  private static final class Draft {
    private final TrainingConfig.Builder training;
    private ResponseNetConfig network;

    Draft(TrainingConfig start) {
      training = start.toBuilder();
      network = start.network();
    }
  }

  /** Changes one setting. */
  private interface Setter {
    void set(Draft draft, String name, String value);
  }

  private TrainingOptions() {}

  /** Returns the settings that options ask for; see {@link TrainingConfig#ofOptions}. */
  static TrainingConfig parse(Map<String, String> options) {
    Draft draft = new Draft(preset(options.getOrDefault(PRESET, "default")));
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (option.getKey().equals(PRESET)) {
        continue;
      }
      Setter setter = SETTERS.get(option.getKey());
      if (setter == null) {
        TreeSet<String> names = new TreeSet<>(SETTERS.keySet());
        names.add(PRESET);
        throw new IllegalArgumentException(
            "training option must be one of " + names + ", got " + option.getKey());
      }
      setter.set(draft, option.getKey(), option.getValue().trim());
    }
    return draft.training.network(draft.network).build();
  }

  /**
   * Returns the settings that shape a model, as options that {@link #parse} reads back exactly. The
   * number of threads, which changes nothing, and of members are left out, and numbers that may
   * have a fraction are written in hexadecimal.
   */
  static Map<String, String> write(TrainingConfig config) {
    ResponseNetConfig network = config.network();
    Map<String, String> options = new LinkedHashMap<>();
    options.put(
        "hidden", network.hidden().stream().map(String::valueOf).collect(Collectors.joining(",")));
    options.put("activation", network.activation().name());
    options.put("head", network.head().name());
    options.put("dropout", Double.toHexString(network.dropout()));
    options.put("inputDropout", Double.toHexString(network.inputDropout()));
    options.put("idWidth", String.valueOf(network.idWidth()));
    options.put("categoryWidth", String.valueOf(network.categoryWidth()));
    options.put("maxKnots", String.valueOf(network.maxKnots()));
    options.put("epochs", String.valueOf(config.epochs()));
    options.put("batchSize", String.valueOf(config.batchSize()));
    options.put("optimizer", config.optimizer().name());
    options.put("learningRate", Double.toHexString(config.learningRate()));
    options.put("momentum", Double.toHexString(config.momentum()));
    options.put("l2", Double.toHexString(config.l2()));
    options.put("weightDecay", Double.toHexString(config.weightDecay()));
    options.put("clipNorm", Double.toHexString(config.clipNorm()));
    options.put("schedule", config.schedule().name());
    options.put("warmUpSteps", String.valueOf(config.warmUpSteps()));
    options.put("patience", String.valueOf(config.patience()));
    options.put("unknownShare", Double.toHexString(config.unknownShare()));
    options.put("windowRows", String.valueOf(config.windowRows()));
    options.put("seed", String.valueOf(config.seed()));
    return options;
  }

  private static Map<String, Setter> setters() {
    Map<String, Setter> s = new LinkedHashMap<>();
    s.put("hidden", (d, n, v) -> d.network = d.network.withHidden(widths(n, v)));
    s.put(
        "activation",
        (d, n, v) -> d.network = d.network.withActivation(constant(Activation.class, n, v)));
    s.put("head", (d, n, v) -> d.network = d.network.withHead(constant(Head.class, n, v)));
    s.put("dropout", (d, n, v) -> d.network = d.network.withDropout(number(n, v)));
    s.put("inputDropout", (d, n, v) -> d.network = d.network.withInputDropout(number(n, v)));
    s.put("idWidth", (d, n, v) -> d.network = d.network.withIdWidth(count(n, v)));
    s.put("categoryWidth", (d, n, v) -> d.network = d.network.withCategoryWidth(count(n, v)));
    s.put("maxKnots", (d, n, v) -> d.network = d.network.withMaxKnots(count(n, v)));
    s.put("epochs", (d, n, v) -> d.training.epochs(count(n, v)));
    s.put("batchSize", (d, n, v) -> d.training.batchSize(count(n, v)));
    s.put("optimizer", (d, n, v) -> d.training.optimizer(constant(Optimizer.class, n, v)));
    s.put("learningRate", (d, n, v) -> d.training.learningRate(number(n, v)));
    s.put("momentum", (d, n, v) -> d.training.momentum(number(n, v)));
    s.put("l2", (d, n, v) -> d.training.l2(number(n, v)));
    s.put("weightDecay", (d, n, v) -> d.training.weightDecay(number(n, v)));
    s.put("clipNorm", (d, n, v) -> d.training.clipNorm(number(n, v)));
    s.put("schedule", (d, n, v) -> d.training.schedule(constant(Schedule.class, n, v)));
    s.put("warmUpSteps", (d, n, v) -> d.training.warmUpSteps(count(n, v)));
    s.put("patience", (d, n, v) -> d.training.patience(count(n, v)));
    s.put("unknownShare", (d, n, v) -> d.training.unknownShare(number(n, v)));
    s.put("windowRows", (d, n, v) -> d.training.windowRows(count(n, v)));
    s.put("seed", (d, n, v) -> d.training.seed(whole(n, v)));
    s.put("threads", (d, n, v) -> d.training.threads(count(n, v)));
    return s;
  }

  private static TrainingConfig preset(String name) {
    return switch (name) {
      case "default" -> TrainingConfig.ofDefaults();
      case "collaborativeFiltering" -> TrainingConfig.collaborativeFiltering();
      default ->
          throw new IllegalArgumentException(
              "preset must be one of [collaborativeFiltering, default], got " + name);
    };
  }

  private static Integer[] widths(String name, String text) {
    List<Integer> widths = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String part : text.split(",", -1)) {
        widths.add(count(name, part.trim()));
      }
    }
    return widths.toArray(new Integer[0]);
  }

  private static int count(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, got " + text, e);
    }
  }

  private static long whole(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, got " + text, e);
    }
  }

  private static double number(String name, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, got " + text, e);
    }
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name, String text) {
    String wanted = text.replace("_", "").toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().replace("_", "").equals(wanted)) {
        return constant;
      }
    }
    String allowed =
        Arrays.stream(type.getEnumConstants())
            .map(c -> c.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "[", "]"));
    throw new IllegalArgumentException(name + " must be one of " + allowed + ", got " + text);
  }
}
