package dev.discount.bench;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** One of ours on two threads that begin together; the rates of both are added. */
final class PairContender implements Contender {

  private final Figure figure;
  private final double amountPerCall;
  private final IntFunction<Runnable> setUp;
  private final CyclicBarrier start = new CyclicBarrier(2);
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "pair");
            thread.setDaemon(true);
            return thread;
          });
  private List<Runnable> works = List.of();

  PairContender(Figure figure, double amountPerCall, IntFunction<Runnable> setUp) {
    this.figure = figure;
    this.amountPerCall = amountPerCall;
    this.setUp = setUp;
  }

  @Override
  public Figure figure() {
    return figure;
  }

  @Override
  public void prepare() throws InterruptedException, ExecutionException {
    works = List.of(setUp.apply(0), setUp.apply(1));
    measure();
    measure();
  }

  @Override
  public Sample measure() throws InterruptedException, ExecutionException {
    List<Callable<Double>> tasks = works.stream().map(this::task).toList();
    double sum = 0;
    for (Future<Double> rate : threads.invokeAll(tasks)) {
      sum += rate.get();
    }
    return RateContender.sample(figure, amountPerCall, sum);
  }

  private Callable<Double> task(Runnable work) {
    return () -> {
      start.await();
      return Stopwatch.FINE.perSecond(work);
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
