package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.policy.sim.ShopConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedValueTest {

  @TempDir Path folder;

  @Test
  void simulator_showsEveryPolicyWithAndWithoutGuardrails() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    String[] arguments = {"folder=" + folder, "defaultOut=" + folder.resolve("out")};
    GuardedValue.run(
        LaunchOptions.parse(arguments),
        new ShopConfig(100, 10, 50, 2_000, 30),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("simulator, true profit"), text);
    assertTrue(text.contains("without guardrails, best flat level: "), text);
    assertTrue(text.contains("with margin >= 10 % and discount <= "), text);
    assertEquals(2, text.lines().filter(line -> line.contains("expected profit  ")).count(), text);
    assertEquals(2, text.lines().filter(line -> line.contains("threshold ladder ")).count(), text);
  }

  @Test
  void slates_becomeOneRowACoupon_thoseWithRareRewardsLeftOut() throws IOException {
    Path orders = folder.resolve("orders.gz");
    String coupon = "c%d|%s|5.4|%s|0|b|g|x,y";
    String slates =
        String.join(
            "|",
            "7",
            "time",
            "user",
            "received",
            coupon.formatted(1, "3.24", "1.57"),
            coupon.formatted(2, "5.19", "6.28"),
            coupon.formatted(3, "0.9", "1.26"),
            "1|0|0|187.6");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(orders)), StandardCharsets.UTF_8)) {
      out.write("header\n" + slates + "\n");
    }
    Path csv = folder.resolve("coupons.csv");
    CouponSlates.convert(orders, csv);
    assertEquals(
        List.of(
            "user,coupon,price,base_price,premium,brand,group,place,reward,used,order,propensity",
            "user,c1,3.24,5.4,0,b,g,0,1.57,1,7,1.0"),
        Files.readAllLines(csv));
  }
}
