package dev.discount.bench;

import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.nn.ResponseModels;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model whose table has a row of 64 floats for each of many customers, loaded from a warm file
 * with every check. The bytes of a call are those allocated for each byte of the table, which bound
 * the peak of the heap.
 */
final class ModelLoad implements Contender {

  private final int customers;
  private final Path folder;
  private final @Nullable ExecutorService checker;
  private @Nullable Path file;

  private ModelLoad(int customers, Path folder, @Nullable ExecutorService checker) {
    this.customers = customers;
    this.folder = folder;
    this.checker = checker;
  }

  /**
   * Makes a contender that checks, then reads.
   *
   * @param customers the rows of the table
   * @param folder where the model file goes
   */
  static ModelLoad oneThread(int customers, Path folder) {
    return new ModelLoad(customers, folder, null);
  }

  /** Makes one that checks on a second thread while it reads. */
  static ModelLoad twoThreads(int customers, Path folder) {
    return new ModelLoad(customers, folder, Executors.newSingleThreadExecutor());
  }

  @Override
  public Figure figure() {
    return checker == null ? Figures.MODEL_LOAD : Figures.MODEL_LOAD_2;
  }

  @Override
  public void prepare() throws IOException {
    Schema schema =
        Schema.builder()
            .field(Field.of("customer", Kind.ID, Role.CUSTOMER).withWidth(Workloads.WIDTH))
            .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
            .build();
    Rows rows = new Rows(schema, customers);
    for (int i = 0; i < customers; i++) {
      rows.add();
      rows.setLong(i, 0, i);
      rows.setLong(i, 1, i & 1);
    }
    int[] all = IntStream.range(0, customers).toArray();
    Trainer trainer =
        new Trainer(Workloads.training(Head.POINT, 1, 16).toBuilder().batchSize(1 << 14).build());
    TrainedModel model = trainer.train(rows, all, new int[0], TrainingListener.SILENT);
    file = folder.resolve("customers.safetensors");
    model.save(file);
    measure();
  }

  @Override
  public Sample measure() throws IOException {
    Path written = file;
    if (written == null) {
      throw new IllegalStateException("prepare must come before measure");
    }
    long bytes = Files.size(written);
    long allocated = -Stopwatch.allocatedBytes();
    long begin = System.nanoTime();
    TrainedModel model =
        checker == null ? ResponseModels.load(written) : ResponseModels.load(written, checker);
    double seconds = (System.nanoTime() - begin) / 1e9;
    allocated += Stopwatch.allocatedBytes();
    double table = (double) model.networks().get(0).parameters() * Float.BYTES;
    return new Sample(bytes / 1e6 / seconds, Double.NaN, Double.NaN, allocated / table);
  }

  @Override
  public void close() {
    Path written = file;
    if (written != null) {
      written.toFile().delete();
    }
    if (checker != null) {
      checker.shutdownNow();
    }
  }
}
