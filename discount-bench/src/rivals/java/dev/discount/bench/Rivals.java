package dev.discount.bench;

import java.util.ArrayList;
import java.util.List;

/** The rivals of the {@code rivals} profile. Found by {@link java.util.ServiceLoader}. */
public final class Rivals implements ContenderSource {

  /** Makes the source. */
  public Rivals() {}

  @Override
  public List<Contender> contenders(Workloads workloads) {
    List<Contender> all = new ArrayList<>(new RivalScores(workloads).contenders());
    all.addAll(OpenBlasProducts.contenders());
    all.add(new TensorFlowContender(Figures.TRAIN_NCF64, workloads, Workloads.BATCH));
    all.add(new TensorFlowContender(Figures.TRAIN_NCF64_2, workloads, Workloads.BATCH));
    return all;
  }
}
