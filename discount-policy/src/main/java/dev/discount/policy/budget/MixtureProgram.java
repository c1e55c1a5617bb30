package dev.discount.policy.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The best mixture of choices already seen: a linear program with a row for each limit, kept
 * feasible by paying for excess, and one that makes the shares sum to 1. Its multipliers are the
 * next prices to try. Confined to one thread.
 */
final class MixtureProgram {

  /*
   * The restricted master of Dantzig and Wolfe [1], with the box of [2] around the prices:
   *
   *     max  sum_t w_t value_t - sum_k (high_k p_k - low_k q_k)
   *     s.t. sum_t w_t excess_tk - p_k + q_k = room_k,   sum_t w_t = 1,   w, p, q >= 0
   *
   * whose multiplier of row k is held in [low_k, high_k]. Revised primal simplex on a basis inverse
   * of the size of the rows; the box only changes costs and new choices only add columns, so the
   * last basis is always a feasible start. Largest coefficient first, the first of them after many
   * steps, which cannot cycle.
   *
   * [1] G. B. Dantzig and P. Wolfe, Decomposition Principle for Linear Programs, Operations
   *     Research 8 (1960)
   * [2] R. E. Marsten, W. W. Hogan and J. W. Blankenship, The Boxstep Method for Large-Scale
   *     Optimization, Operations Research 23 (1975)
   */

  private static final double TOLERANCE = 1e-12;
  private static final double PIVOT = 1e-10;
  private static final int BLAND_AFTER = 2_000;
  private static final int MOST_STEPS = 20_000;

  private final int limits;
  private final int rows;
  private final double[] low;
  private final double[] high;
  private final double[] room;
  private final List<double[]> columns = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private final int[] basis;
  private final double[][] inverse;
  private final double[] solution;
  private final double[] prices;

  MixtureProgram(int limits) {
    this.limits = limits;
    this.rows = limits + 1;
    this.low = new double[limits];
    this.high = new double[limits];
    this.room = new double[limits];
    this.basis = new int[rows];
    this.inverse = new double[rows][rows];
    this.solution = new double[rows];
    this.prices = new double[rows];
  }

  /**
   * Adds a choice.
   *
   * @param value its value
   * @param excess by how much it exceeds each limit
   */
  void add(double value, double[] excess) {
    double[] column = new double[rows];
    System.arraycopy(excess, 0, column, 0, limits);
    column[limits] = 1;
    columns.add(column);
    values.add(value);
    if (columns.size() == 1) {
      begin();
    }
  }

  int size() {
    return columns.size();
  }

  /** Sets the range of a limit's price. */
  void box(int k, double newLow, double newHigh) {
    low[k] = newLow;
    high[k] = newHigh;
  }

  /** Sets by how much limits are to be exceeded, negative to stay below, and begins anew. */
  void room(double[] newRoom) {
    System.arraycopy(newRoom, 0, room, 0, limits);
    begin();
  }

  /** The first choice alone, with its excess paid or its room returned. */
  private void begin() {
    double[] first = columns.get(0);
    basis[limits] = 2 * limits;
    for (int k = 0; k < limits; k++) {
      basis[k] = first[k] > room[k] ? k : limits + k;
    }
    invert();
  }

  /** Variables: p_k at k, q_k at limits + k, w_t at 2 * limits + t. */
  private double entry(int variable, int row) {
    if (variable >= 2 * limits) {
      return columns.get(variable - 2 * limits)[row];
    }
    if (variable >= limits) {
      return row == variable - limits ? 1 : 0;
    }
    return row == variable ? -1 : 0;
  }

  private double cost(int variable) {
    if (variable >= 2 * limits) {
      return values.get(variable - 2 * limits);
    }
    return variable >= limits ? low[variable - limits] : -high[variable];
  }

  /** Solves and returns the program's value. */
  double solve() {
    invert();
    for (int step = 0; step < MOST_STEPS; step++) {
      multipliers();
      int entering = entering(step > BLAND_AFTER);
      if (entering < 0) {
        break;
      }
      if (!pivot(entering)) {
        break;
      }
    }
    double value = 0;
    for (int r = 0; r < rows; r++) {
      value += cost(basis[r]) * solution[r];
    }
    return value;
  }

  private void multipliers() {
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += cost(basis[r]) * inverse[r][row];
      }
      prices[row] = sum;
    }
  }

  private int entering(boolean first) {
    int best = -1;
    double most = TOLERANCE;
    int variables = 2 * limits + columns.size();
    for (int variable = 0; variable < variables; variable++) {
      double gain = cost(variable);
      for (int row = 0; row < rows; row++) {
        gain -= prices[row] * entry(variable, row);
      }
      if (gain > most * (first ? 1 : 1 + TOLERANCE)) {
        best = variable;
        most = gain;
        if (first) {
          return best;
        }
      }
    }
    return best;
  }

  /** Brings a variable into the basis; returns false if nothing would leave. */
  private boolean pivot(int entering) {
    double[] direction = new double[rows];
    for (int r = 0; r < rows; r++) {
      for (int row = 0; row < rows; row++) {
        direction[r] += inverse[r][row] * entry(entering, row);
      }
    }
    int leaving = -1;
    double ratio = Double.POSITIVE_INFINITY;
    for (int r = 0; r < rows; r++) {
      if (direction[r] > PIVOT) {
        double here = Math.max(0, solution[r]) / direction[r];
        boolean tie = here == ratio && basis[r] < basis[leaving];
        if (here < ratio || tie) {
          ratio = here;
          leaving = r;
        }
      }
    }
    if (leaving < 0) {
      return false;
    }
    basis[leaving] = entering;
    exchange(leaving, direction);
    return true;
  }

  private void exchange(int leaving, double[] direction) {
    double[] pivotRow = inverse[leaving];
    for (int row = 0; row < rows; row++) {
      pivotRow[row] /= direction[leaving];
    }
    solution[leaving] /= direction[leaving];
    for (int r = 0; r < rows; r++) {
      if (r != leaving && direction[r] != 0) {
        for (int row = 0; row < rows; row++) {
          inverse[r][row] -= direction[r] * pivotRow[row];
        }
        solution[r] -= direction[r] * solution[leaving];
      }
    }
  }

  /** Makes the inverse and the solution from the basis, by Gauss and Jordan with row exchanges. */
  private void invert() {
    double[][] matrix = new double[rows][2 * rows];
    for (int row = 0; row < rows; row++) {
      for (int r = 0; r < rows; r++) {
        matrix[row][r] = entry(basis[r], row);
      }
      matrix[row][rows + row] = 1;
    }
    for (int column = 0; column < rows; column++) {
      eliminate(matrix, column);
    }
    for (int r = 0; r < rows; r++) {
      inverse[r] = Arrays.copyOfRange(matrix[r], rows, 2 * rows);
      double sum = inverse[r][limits];
      for (int k = 0; k < limits; k++) {
        sum += inverse[r][k] * room[k];
      }
      solution[r] = sum;
    }
  }

  private static void eliminate(double[][] matrix, int column) {
    int largest = column;
    for (int row = column + 1; row < matrix.length; row++) {
      if (Math.abs(matrix[row][column]) > Math.abs(matrix[largest][column])) {
        largest = row;
      }
    }
    double[] pivotRow = matrix[largest];
    matrix[largest] = matrix[column];
    matrix[column] = pivotRow;
    double pivot = pivotRow[column];
    for (int i = column; i < pivotRow.length; i++) {
      pivotRow[i] /= pivot;
    }
    for (double[] row : matrix) {
      double factor = row[column];
      if (row != pivotRow && factor != 0) {
        for (int i = column; i < row.length; i++) {
          row[i] -= factor * pivotRow[i];
        }
      }
    }
  }

  /** Returns the multiplier of a limit's row. */
  double price(int k) {
    return Math.min(high[k], Math.max(low[k], prices[k]));
  }

  /** Returns what is paid for, of all limits together: 0 if the mixture keeps them. */
  double paid() {
    double paid = 0;
    for (int r = 0; r < rows; r++) {
      paid += basis[r] < limits ? Math.max(0, solution[r]) : 0;
    }
    return paid;
  }

  /**
   * Returns whether the box has a part in the solution: a limit's excess paid at a price below the
   * highest there is, or its room returned at one above 0.
   *
   * @param highest the highest price there is
   */
  boolean boxed(double highest) {
    for (int r = 0; r < rows; r++) {
      int variable = basis[r];
      if (variable < 2 * limits && solution[r] > PIVOT) {
        boolean paid = variable < limits && high[variable] < highest;
        if (paid || (variable >= limits && low[variable - limits] > 0)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the share of each choice, shape {@code [size]}. */
  double[] shares() {
    double[] shares = new double[columns.size()];
    for (int r = 0; r < rows; r++) {
      if (basis[r] >= 2 * limits) {
        shares[basis[r] - 2 * limits] = Math.max(0, solution[r]);
      }
    }
    return shares;
  }
}
