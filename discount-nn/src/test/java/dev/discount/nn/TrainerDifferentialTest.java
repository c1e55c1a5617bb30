package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.discount.core.data.Rows;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.nn.ResponseNetConfig.Activation;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TrainingConfig.Optimizer;
import dev.discount.nn.TrainingConfig.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One training run on other threads and kernels: equal bytes of the model's file. */
class TrainerDifferentialTest {

  @TempDir private Path folder;

  static Stream<TrainingConfig> configs() {
    TrainingConfig base =
        TrainingConfig.ofDefaults().toBuilder().epochs(3).batchSize(100).seed(42).build();
    ResponseNetConfig net = base.network().withHidden(24, 9).withDropout(0.2);
    return Stream.of(
        base.toBuilder().network(net).clipNorm(0.05).build(),
        base.toBuilder()
            .network(net.withHead(Head.POINT).withActivation(Activation.TANH).withInputDropout(0.1))
            .optimizer(Optimizer.ADAMW)
            .schedule(Schedule.COSINE)
            .warmUpSteps(5)
            .members(2)
            .build(),
        base.toBuilder()
            .network(net.withActivation(Activation.SIGMOID).withHidden(33))
            .optimizer(Optimizer.SGD)
            .learningRate(0.05)
            .patience(1)
            .build());
  }

  private byte[] train(TrainingConfig config, Kernels kernels) throws IOException {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 1_050, 6);
    Path file = folder.resolve("model.safetensors");
    new Trainer(config, kernels)
        .train(log, TestLogs.range(0, 930), TestLogs.range(930, 1_050), TrainingListener.SILENT)
        .save(file);
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void train_anyThreadsAndKernels_givesEqualBytes(TrainingConfig config) throws IOException {
    byte[] expected = train(config, KernelsProvider.scalar());
    for (Kernels kernels : new Kernels[] {KernelsProvider.scalar(), KernelsProvider.fastest()}) {
      for (int threads : new int[] {1, 2, 3, 7}) {
        TrainingConfig other = config.toBuilder().threads(threads).build();
        assertArrayEquals(expected, train(other, kernels), threads + " threads, " + kernels.name());
      }
    }
  }

  @Test
  void train_otherSeed_givesOtherBytes() throws IOException {
    TrainingConfig config = configs().findFirst().orElseThrow();
    byte[] one = train(config, KernelsProvider.fastest());
    byte[] two = train(config.toBuilder().seed(43).build(), KernelsProvider.fastest());
    assertFalse(Arrays.equals(one, two));
  }

  @Test
  void train_smallBatchOfManyThreads_givesEqualBytes() throws IOException {
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder().epochs(1).batchSize(2).threads(5).build();
    byte[] expected = train(config.toBuilder().threads(1).build(), KernelsProvider.fastest());
    assertArrayEquals(expected, train(config, KernelsProvider.fastest()));
    assertEquals(1, config.toBuilder().threads(1).build().threads());
  }
}
