package dev.discount.policy.budget;

/**
 * A pass that adds up what a choice takes.
 *
 * @param levels the level of each customer
 */
record ChoicePass(byte[] levels) implements Sweep.Work<LevelTotals> {

  @Override
  public LevelTotals over(Sweep.Part part) {
    LevelTotals totals = new LevelTotals(part.population());
    int columns = part.population().columns();
    int width = part.population().levels() * columns;
    while (part.next()) {
      byte[] groups = part.groups();
      for (int i = 0; i < part.count(); i++) {
        int level = levels[part.first() + i];
        int at = part.numbersFrom() + i * width + level * columns;
        totals.add(groups[i] & 0xFF, level, part.numbers(), at);
      }
    }
    return totals;
  }
}
