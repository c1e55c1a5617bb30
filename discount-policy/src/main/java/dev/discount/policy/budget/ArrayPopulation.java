package dev.discount.policy.budget;

/** A population in one array. */
final class ArrayPopulation implements Population {

  private final int customers;
  private final int levels;
  private final int columns;
  private final float[] numbers;

  ArrayPopulation(int levels, int columns, float[] numbers) {
    Requirements.shape(levels, columns);
    int width = levels * columns;
    if (numbers.length == 0 || numbers.length % width != 0) {
      throw new IllegalArgumentException(
          "numbers must have a length that is a positive multiple of "
              + width
              + ", got "
              + numbers.length);
    }
    this.customers = numbers.length / width;
    this.levels = levels;
    this.columns = columns;
    this.numbers = numbers;
  }

  float[] numbers() {
    return numbers;
  }

  @Override
  public int customers() {
    return customers;
  }

  @Override
  public int levels() {
    return levels;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void readInto(int firstCustomer, int count, float[] out) {
    int width = levels * columns;
    System.arraycopy(numbers, firstCustomer * width, out, 0, count * width);
  }
}
