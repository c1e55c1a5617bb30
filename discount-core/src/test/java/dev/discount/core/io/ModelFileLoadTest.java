package dev.discount.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ModelFileLoadTest {

  private static final int FLOATS = 100_003;

  @TempDir private Path folder;

  /** When the check runs. */
  private enum Checking {
    BEFORE,
    BESIDE,
    AFTER
  }

  private interface Loading<T> {
    T with(Executor executor);
  }

  private static <T> T run(Checking checking, Loading<T> loading) {
    return switch (checking) {
      case BEFORE -> loading.with(Runnable::run);
      case AFTER -> loading.with(task -> {});
      case BESIDE -> {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
          yield loading.with(one);
        } finally {
          one.shutdownNow();
        }
      }
    };
  }

  private Path written() {
    Path path = folder.resolve("m");
    ModelFile.builder()
        .floats("x", values(0), FLOATS)
        .bytes("z", new byte[] {1, 2, 3}, 3)
        .write(path);
    return path;
  }

  private static float[] values(int begin) {
    float[] values = new float[FLOATS];
    for (int i = 0; i < values.length; i++) {
      values[i] = begin + i;
    }
    return values;
  }

  private static void flip(Path path, int fromEnd) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      bytes[bytes.length - fromEnd] ^= 4;
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Checking.class)
  void load_wholeFile_givesWhatWasWritten(Checking checking) {
    Path path = written();

    ModelFile file =
        run(
            checking,
            executor ->
                ModelFile.load(
                    path,
                    executor,
                    provisional -> {
                      assertArrayEquals(values(0), provisional.floats("x"));
                      return provisional;
                    }));

    assertEquals(ModelFile.read(path).sha256(), file.sha256());
    assertArrayEquals(new byte[] {1, 2, 3}, file.bytes("z"));
    assertArrayEquals(values(0), file.floats("x"));
    flip(path, 1);
    assertThrows(ModelFormatException.class, () -> file.bytes("z"));
  }

  @ParameterizedTest
  @EnumSource(Checking.class)
  void load_aByteThatIsNeverTakenIsWrong_throws(Checking checking) {
    Path path = written();
    flip(path, 2);

    ModelFormatException e =
        assertThrows(
            ModelFormatException.class,
            () -> run(checking, executor -> ModelFile.load(path, executor, m -> m.floats("x"))));
    assertTrue(e.getMessage().startsWith(path + ": sha256 must be "), e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(
      value = Checking.class,
      names = {"BESIDE", "AFTER"})
  void load_contentTripsOverWrongBytes_reportsTheBytesFirst(Checking checking) {
    Path path = written();
    flip(path, 1);
    IllegalStateException tripped = new IllegalStateException("tripped");

    ModelFormatException e =
        assertThrows(
            ModelFormatException.class,
            () ->
                run(
                    checking,
                    executor ->
                        ModelFile.load(
                            path,
                            executor,
                            m -> {
                              throw tripped;
                            })));
    assertTrue(e.getMessage().startsWith(path + ": sha256 must be "), e.getMessage());
    assertSame(tripped, e.getSuppressed()[0]);
  }

  @ParameterizedTest
  @EnumSource(Checking.class)
  void load_contentThrowsOverRightBytes_throwsThat(Checking checking) {
    Path path = written();

    ModelFormatException e =
        assertThrows(
            ModelFormatException.class,
            () -> run(checking, executor -> ModelFile.load(path, executor, m -> m.floats("y"))));
    assertEquals(path + " must have a tensor y", e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(
      value = Checking.class,
      names = {"BEFORE", "AFTER"})
  void load_fileChangesBetweenTheTwoReadings_throws(Checking checking) {
    Path path = written();

    assertThrows(
        ModelFormatException.class,
        () ->
            run(
                checking,
                executor ->
                    ModelFile.load(
                        path,
                        executor,
                        m -> {
                          if (checking == Checking.AFTER) {
                            m.bytes("z");
                          }
                          flip(path, 1);
                          return checking == Checking.AFTER ? m : m.bytes("z");
                        })));
  }

  @Test
  void load_twoReadingsOfOneTensorDifferBeforeTheCheck_throws() {
    Path path = written();

    ModelFormatException e =
        assertThrows(
            ModelFormatException.class,
            () ->
                ModelFile.load(
                    path,
                    task -> {},
                    m -> {
                      m.bytes("z");
                      flip(path, 1);
                      m.bytes("z");
                      return m;
                    }));
    assertTrue(e.getMessage().contains("sha256 must be "), e.getMessage());
  }

  @Test
  void load_takenBytesWereWrongAndTheCheckedOnesRight_throws() {
    Path path = written();

    ModelFormatException e =
        assertThrows(
            ModelFormatException.class,
            () ->
                ModelFile.load(
                    path,
                    task -> {},
                    m -> {
                      flip(path, 1);
                      m.bytes("z");
                      flip(path, 1);
                      return m;
                    }));
    assertEquals(path + " must not change while it is read, got other bytes for z", e.getMessage());
  }

  @Test
  void load_fileKeptAfterAFailedCheck_givesNothing() {
    Path path = written();
    flip(path, 1);
    List<ModelFile> kept = new ArrayList<>();

    assertThrows(
        ModelFormatException.class, () -> ModelFile.load(path, task -> {}, m -> kept.add(m)));
    assertThrows(ModelFormatException.class, () -> kept.get(0).floats("x"));
  }

  @Test
  void load_executorRefuses_throwsAndTakesNothing() {
    Path path = written();
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("full");
        };
    List<ModelFile> seen = new ArrayList<>();

    assertThrows(
        RejectedExecutionException.class, () -> ModelFile.load(path, refusing, m -> seen.add(m)));
    assertTrue(seen.isEmpty());
  }

  @Test
  void load_checkBeginsWhenTheContentIsMade_isRunOnce() throws InterruptedException {
    Path path = written();
    CountDownLatch taken = new CountDownLatch(1);
    List<Thread> checkers = new ArrayList<>();
    Executor late =
        task -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      taken.await();
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                    task.run();
                  });
          checkers.add(thread);
          thread.start();
        };

    byte[] bytes =
        ModelFile.load(
            path,
            late,
            m -> {
              byte[] z = m.bytes("z");
              taken.countDown();
              return z;
            });
    assertArrayEquals(new byte[] {1, 2, 3}, bytes);
    assertEquals(1, checkers.size());
    checkers.get(0).join();
  }
}
