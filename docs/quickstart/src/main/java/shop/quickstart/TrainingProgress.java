package shop.quickstart;

import dev.discount.nn.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shop.quickstart.report.RunReport;

/** Shows how far training is and keeps the losses. Confined to one thread. */
final class TrainingProgress implements TrainingListener {

  private final ProgressLine line;
  private final List<RunReport.Epoch> epochs = new ArrayList<>();
  private int member;
  private int members = 1;
  private long samples;
  private long samplesBefore;
  private String losses = "";

  TrainingProgress(ProgressLine line) {
    this.line = line;
  }

  @Override
  public void trainingStarted(Start start) {
    member = start.member();
    members = start.members();
    samplesBefore = samples;
  }

  @Override
  public void stepDone(Step step) {
    samples = samplesBefore + step.samplesDone();
    double share = (member + step.samplesDone() / (double) step.samplesInAll()) / members;
    line.update(share, place(step.epoch()) + losses);
  }

  @Override
  public void epochEnded(Epoch epoch) {
    epochs.add(
        new RunReport.Epoch(member + 1, epoch.epoch(), epoch.trainLoss(), epoch.validationLoss()));
    losses =
        String.format(Locale.ROOT, ", last epoch's training loss %.4f", epoch.trainLoss())
            + (Double.isNaN(epoch.validationLoss())
                ? ""
                : String.format(Locale.ROOT, ", validation loss %.4f", epoch.validationLoss()));
  }

  /** Ends the line of progress. */
  void finish() {
    line.finish(
        epochs.size() + " epochs" + (members > 1 ? " of " + members + " networks" : "") + losses);
  }

  /** Returns the losses of every epoch of every network so far. */
  List<RunReport.Epoch> epochs() {
    return List.copyOf(epochs);
  }

  /** Returns the rows of all steps so far. */
  long samples() {
    return samples;
  }

  private String place(int epoch) {
    String network = members > 1 ? "network " + (member + 1) + " of " + members + ", " : "";
    return network + "epoch " + epoch;
  }
}
