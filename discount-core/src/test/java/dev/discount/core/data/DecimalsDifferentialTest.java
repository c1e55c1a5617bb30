package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The reader of decimals against the JDK's, bit for bit, and against a grammar. */
class DecimalsDifferentialTest {

  private static final Pattern GRAMMAR =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  @Property(tries = 5000)
  void parse_numbers_equalTheJdks(@ForAll("numbers") String text) {
    assertSameBits(Double.parseDouble(text), text);
  }

  @Property(tries = 5000)
  void parse_anyText_isANumberExactlyIfTheGrammarSaysSo(@ForAll("texts") String text) {
    if (GRAMMAR.matcher(text).matches()) {
      assertSameBits(Double.parseDouble(text), text);
    } else {
      assertTrue(Double.isNaN(parse(text)), text);
    }
  }

  @Property
  void parse_everyDouble_readsBack(@ForAll double value) {
    assertSameBits(value, Double.toString(value));
  }

  @Example
  void parse_limits() {
    for (String text :
        new String[] {
          "0",
          "-0",
          "+0.0",
          "999999999999999",
          "9999999999999999",
          "0.0000000000000000000001",
          "0.00000000000000000000001",
          "000000000000000000000000.1",
          "123456789012345.678",
          "4.9e-324",
          "2.4703282292062327e-324",
          "1.7976931348623157e308",
          "1.7976931348623159e308",
          "-1e999",
          "9007199254740993",
          "1e00000000001",
          "1e-99999999999"
        }) {
      assertSameBits(Double.parseDouble(text), text);
    }
  }

  private static void assertSameBits(double expected, String text) {
    assertEquals(
        Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(parse(text)), text);
  }

  private static double parse(String text) {
    String around = "7" + text + "7";
    return Decimals.parse(around.toCharArray(), 1, text.length());
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20);
    Arbitrary<String> signs = Arbitraries.of("", "-", "+");
    Arbitrary<String> exponents =
        Arbitraries.oneOf(
            Arbitraries.just(""), Arbitraries.integers().between(-330, 330).map(e -> "e" + e));
    return digits.flatMap(
        whole ->
            digits.flatMap(
                part ->
                    signs.flatMap(
                        sign ->
                            exponents.flatMap(
                                e ->
                                    Arbitraries.of(
                                        sign + whole + e,
                                        sign + whole + "." + part + e,
                                        sign + "." + part + e,
                                        sign + whole + "." + e)))));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("019.+-eE dfxpN_,").ofMaxLength(7);
  }
}
