package dev.discount.policy.budget;

/**
 * A pass in which every customer takes the best level at given prices.
 *
 * @param worth what levels are worth at the prices
 */
record PricePass(Worth worth) implements Sweep.Work<LevelTotals> {

  @Override
  public LevelTotals over(Sweep.Part part) {
    LevelTotals totals = new LevelTotals(part.population());
    while (part.next()) {
      block(part, totals);
    }
    return totals;
  }

  private void block(Sweep.Part part, LevelTotals totals) {
    float[] numbers = part.numbers();
    byte[] groups = part.groups();
    int columns = worth.columns();
    int width = worth.levels() * columns;
    for (int i = 0, at = part.numbersFrom(); i < part.count(); i++, at += width) {
      int group = groups[i] & 0xFF;
      int level = worth.best(numbers, at, group);
      totals.add(group, level, numbers, at + level * columns);
    }
  }
}
