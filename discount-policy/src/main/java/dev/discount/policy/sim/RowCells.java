package dev.discount.policy.sim;

import dev.discount.core.data.Rows;

/** Writes cells into raw rows. Confined to one thread. */
final class RowCells implements Cells {

  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  private final Rows rows;
  private int row;

  RowCells(Rows rows) {
    this.rows = rows;
  }

  void next() {
    row = rows.add();
  }

  @Override
  public void key(int slot, long value) {
    rows.setLong(row, slot, value);
  }

  @Override
  public void text(int slot, String value) {
    rows.setText(row, slot, value);
  }

  @Override
  public void number(int slot, long scaled, int digits) {
    rows.setDouble(row, slot, scaled / POWERS[digits]);
  }
}
