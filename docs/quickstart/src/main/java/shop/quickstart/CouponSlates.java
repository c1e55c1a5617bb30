package shop.quickstart;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Turns the orders of the Data Mining Cup 2015, each with three coupons, into one row a coupon, as
 * {@code schemas/dmc2015.json} describes them. Stateless.
 *
 * <p>To be started from its source: {@code java CouponSlates.java ORDERS.txt.gz LOG.csv}.
 *
 * <p>The reward counts as an amount off the price. Coupons with a reward above 2.51, or above their
 * price, are left out: there are too few of them to learn from. The shop's cost is not known, so
 * profit is what is paid.
 *
 * <p>Rewards were not drawn at random: each coupon has one. The propensity that is written is the
 * share of a reward among the coupons of a tenth of all prices, which would be right if within such
 * a tenth it were chance which coupon has which reward. Nothing in the file can show that.
 */
public final class CouponSlates {

  private static final int SLATE = 3;
  private static final int FIELDS = 8;
  private static final int FIRST = 4;
  private static final int USED = 28;
  private static final int PRICE_BANDS = 10;
  private static final Set<String> REWARDS =
      Set.of("0", "0.63", "0.94", "1.26", "1.57", "1.88", "2.2", "2.51");

  private CouponSlates() {}

  /**
   * Converts a file.
   *
   * @param arguments the gzip file of orders and the CSV file to write
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: java CouponSlates.java ORDERS.txt.gz LOG.csv");
      System.exit(1);
    }
    convert(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  static void convert(Path orders, Path csv) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(orders));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        BufferedWriter out = Files.newBufferedWriter(csv)) {
      lines.readLine();
      List<Coupon> coupons = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split("\\|", -1);
        for (int place = 0; place < SLATE; place++) {
          addCoupon(cells, place, coupons);
        }
      }
      out.write(
          "user,coupon,price,base_price,premium,brand,group,place,reward,used,order,propensity\n");
      double[] bounds = bounds(coupons);
      Map<String, Integer> counts = new HashMap<>();
      for (Coupon coupon : coupons) {
        counts.merge(coupon.band(bounds), 1, Integer::sum);
        counts.merge(coupon.cell(bounds), 1, Integer::sum);
      }
      for (Coupon coupon : coupons) {
        double of = counts.getOrDefault(coupon.band(bounds), 1);
        out.write(coupon.row() + "," + counts.getOrDefault(coupon.cell(bounds), 0) / of + "\n");
      }
    }
  }

  /** A coupon's row, and what its propensity follows from. */
  private record Coupon(String row, double price, String reward) {
    String band(double[] bounds) {
      int band = 0;
      while (band < bounds.length && price >= bounds[band]) {
        band++;
      }
      return Integer.toString(band);
    }

    String cell(double[] bounds) {
      return band(bounds) + " " + reward;
    }
  }

  /** Returns the prices at which the bands but the first begin. */
  private static double[] bounds(List<Coupon> coupons) {
    double[] prices = coupons.stream().mapToDouble(Coupon::price).sorted().toArray();
    return IntStream.range(1, PRICE_BANDS)
        .mapToDouble(band -> prices[prices.length * band / PRICE_BANDS])
        .toArray();
  }

  private static void addCoupon(String[] cells, int place, List<Coupon> out) {
    int at = FIRST + FIELDS * place;
    String price = cells[at + 1];
    String reward = cells[at + 3];
    if (!REWARDS.contains(reward) || Double.parseDouble(reward) > Double.parseDouble(price)) {
      return;
    }
    String[] row = {
      cells[2],
      cells[at],
      price,
      cells[at + 2],
      cells[at + 4],
      cells[at + 5],
      cells[at + 6],
      String.valueOf(place),
      reward,
      cells[USED + place],
      cells[0]
    };
    out.add(new Coupon(String.join(",", row), Double.parseDouble(price), reward));
  }
}
