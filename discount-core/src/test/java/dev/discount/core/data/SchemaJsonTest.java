package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Field.Transform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaJsonTest {

  /** The example of the Javadoc. */
  private static final String EXAMPLE =
      """
      {
        "fields": [
          {"name": "customer", "kind": "id", "role": "customer", "minCount": 2, "width": 16},
          {"name": "category", "kind": "category"},
          {"name": "spent", "kind": "number", "transform": "log"},
          {"name": "newsletter", "kind": "flag"},
          {"name": "day", "kind": "number", "role": "time"},
          {"name": "coupon", "kind": "number", "role": "discount"},
          {"name": "bought", "kind": "flag", "role": "outcome"}
        ],
        "discount": {"unit": "percent", "levels": [0, 5, 10, 12.5]},
        "constants": {"price": 6, "cost": "1.50"},
        "minorDigits": 2,
        "csv": {"delimiter": ";", "quote": "\\"", "missing": ["NA"]},
        "split": {"by": "time", "train": 7, "validation": 1, "test": 1},
        "ensemble": 3,
        "training": {"epochs": 10, "hidden": [64, 32]}
      }
      """;

  private static Schema example() {
    return Schema.builder()
        .field(Field.of("customer", Kind.ID, Role.CUSTOMER).withMinCount(2).withWidth(16))
        .field(Field.of("category", Kind.CATEGORY))
        .field(Field.of("spent", Kind.NUMBER).withTransform(Transform.LOG))
        .field(Field.of("newsletter", Kind.FLAG))
        .field(Field.of("day", Kind.NUMBER, Role.TIME))
        .field(Field.of("coupon", Kind.NUMBER, Role.DISCOUNT))
        .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
        .ladder(DiscountLadder.ofBasisPoints(500, 1000, 1250))
        .constantPriceMinor(600)
        .constantCostMinor(150)
        .csv(new CsvFormat(';', '"', List.of("NA")))
        .split(new Split.ByTime(7, 1, 1))
        .ensemble(3)
        .training(Map.of("epochs", "10", "hidden", "64,32"))
        .build();
  }

  @Test
  void parse_example_isTheSchemaBuiltInCode() {
    assertEquals(example(), SchemaJson.parse(EXAMPLE));
  }

  @Test
  void write_example_isCanonical() {
    assertEquals(
        """
        {"fields":[\
        {"name":"customer","kind":"id","role":"customer","feature":true,"minCount":2,"width":16,\
        "transform":"identity"},\
        {"name":"category","kind":"category","role":"feature","feature":true,"minCount":1,\
        "width":0,"transform":"identity"},\
        {"name":"spent","kind":"number","role":"feature","feature":true,"minCount":1,"width":0,\
        "transform":"log"},\
        {"name":"newsletter","kind":"flag","role":"feature","feature":true,"minCount":1,"width":0,\
        "transform":"identity"},\
        {"name":"day","kind":"number","role":"time","feature":false,"minCount":1,"width":0,\
        "transform":"identity"},\
        {"name":"coupon","kind":"number","role":"discount","feature":false,"minCount":1,"width":0,\
        "transform":"identity"},\
        {"name":"bought","kind":"flag","role":"outcome","feature":false,"minCount":1,"width":0,\
        "transform":"identity"}],\
        "discount":{"unit":"percent","levels":[5,10,12.5]},\
        "constants":{"price":"6.00","cost":"1.50"},"minorDigits":2,\
        "csv":{"delimiter":";","quote":"\\"","missing":["NA"]},\
        "split":{"by":"time","train":7,"validation":1,"test":1},\
        "ensemble":3,"training":{"epochs":"10","hidden":"64,32"}}\
        """,
        SchemaJson.write(example()));
  }

  @Test
  void parse_fieldsAlone_takesTheDefaults() {
    Schema schema = SchemaJson.parse("{\"fields\": [{\"name\": \"x\", \"kind\": \"number\"}]}");

    assertEquals(Schema.builder().field(Field.of("x", Kind.NUMBER)).build(), schema);
    assertEquals(1, schema.ladder().size());
    assertEquals(-1, schema.constantPriceMinor());
    assertEquals(CsvFormat.ofDefaults(), schema.csv());
    assertEquals(1, schema.ensemble());
  }

  @Test
  void parse_unitsOfOneLadder_giveTheSameLevels() {
    for (String discount :
        new String[] {
          "\"percent\", \"levels\": [5, 12.5]",
          "\"share\", \"levels\": [0, 0.05, 0.125]",
          "\"basisPoints\", \"levels\": [500, 1250]",
          "\"percent\", \"levels\": [\"0\", \"5.0\", \"12.50\"]"
        }) {
      Schema schema = SchemaJson.parse(withDiscount("number", discount));
      assertEquals(DiscountLadder.ofBasisPoints(500, 1250), schema.ladder(), discount);
      assertEquals(schema, SchemaJson.parse(SchemaJson.write(schema)), discount);
    }
    assertEquals(
        DiscountLadder.ofAmounts(100, 250),
        SchemaJson.parse(withDiscount("number", "\"amount\", \"levels\": [1, 2.5]")).ladder());
    assertEquals(
        DiscountLadder.ofNames("gift", "e-mail"),
        SchemaJson.parse(
                withDiscount("category", "\"name\", \"levels\": [\"none\", \"gift\", \"e-mail\"]"))
            .ladder());
  }

  @Test
  void parse_training_flattensObjectsAndArrays() {
    Schema schema =
        SchemaJson.parse(
            "{\"fields\": [{\"name\": \"x\", \"kind\": \"number\"}], \"training\": {\"a\": {\"b\":"
                + " 1e-3, \"c\": true}, \"d\": [\"x\", 2, 2.50], \"e\": \"text\"}}");

    assertEquals(
        Map.of("a.b", "0.001", "a.c", "true", "d", "x,2,2.5", "e", "text"), schema.training());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'fields': [], 'feilds': 1}|"
            + "key feilds must be one of constants, csv, discount, ensemble, fields, minorDigits,"
            + " split, training",
        "{'fields': [], 'csv': {'delimeter': ';'}}|"
            + "key csv.delimeter must be one of delimiter, missing, quote",
        "{'fields': [{'name': 'x', 'kind': 'number', 'min': 3}]}|key fields[0].min must be one of"
            + " feature, kind, minCount, name, role, tag, transform, width",
        "{}|fields must be there",
        "{'fields': []}|schema: fields must hold a field, got none",
        "{'fields': {}}|fields must be an array, got \"{}\"",
        "{'fields': [7]}|fields[0] must be an object, got \"7\"",
        "[]|schema must be an object, got \"[]\"",
        "{'fields': [{'kind': 'number'}]}|fields[0].name must be there",
        "{'fields': [{'name': 3, 'kind': 'number'}]}|fields[0].name must be a text, got \"3\"",
        "{'fields': [{'name': 'x', 'kind': 'numeric'}]}|"
            + "fields[0].kind must be one of id, category, number, flag, got \"numeric\"",
        "{'fields': [{'name': 'x', 'kind': 'id', 'minCount': 0}]}|"
            + "fields[0]: minCount of field x must be >= 1, got 0",
        "{'fields': [{'name': 'x', 'kind': 'id', 'width': 1.5}]}|"
            + "fields[0].width must be a whole number, got \"1.5\"",
        "{'fields': [{'name': 'x', 'kind': 'id', 'feature': 1}]}|"
            + "fields[0].feature must be true or false, got \"1\"",
        "{'fields': [{'name': 'x', 'kind': 'number', 'width': 4}]}|"
            + "fields[0]: minCount and width of field x must be 1 and 0 for kind number, got 1"
            + " and 4",
        "{'fields': [{'name': 'x', 'kind': 'id', 'role': 'price'}]}|"
            + "fields[0]: kind of field x must be number for role price, got id",
        "{'fields': [{'name': 'x', 'kind': 'id'}, {'name': 'x', 'kind': 'id'}]}|"
            + "schema: fields must have distinct names, got two x",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'minorDigits': 7}|"
            + "schema: minorDigits must be in [0, 6], got 7",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'constants': {'price': 1.005}}|"
            + "constants.price must have at most 2 decimals, got \"1.005\"",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'constants': {'price': '6,00'}}|"
            + "constants.price must be a decimal number, got \"6,00\"",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'constants': {'price': -1}}|"
            + "constants: constantPriceMinor must be >= 0, got -100",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'constants': {'price': 1, 'cost': 2}}|"
            + "schema: constant cost must be at most the constant price=100 minor units, got 200",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'csv': {'delimiter': '::'}}|"
            + "csv.delimiter must be one character, got \"::\"",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'split': {'by': 'luck'}}|"
            + "split.by must be one of ratio, time, customer, column, got \"luck\"",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'split': {'by': 'ratio', 'train': 0}}|"
            + "split: train must be finite and above 0, got 0.0",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'split': {'by': 'time', 'train': 1}}|"
            + "schema: split by time must have a field of role time, got none",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'split': {'by': 'ratio', 'column': 'x'}}|"
            + "key split.column must be one of by, test, train, validation",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'ensemble': 0}|"
            + "schema: ensemble must be >= 1, got 0",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'training': {'a': null}}|"
            + "training.a must be a scalar, an array or an object, got \"null\"",
        "{'fields': [{'name': 'x', 'kind': 'number'}], 'training': {'a.b': 1, 'a': {'b': 2}}}|"
            + "training.a.b must be said once, got \"2\"",
        "{'fields': [{'name': 'x', 'kind': 'number'}],"
            + " 'discount': {'unit': 'percent', 'levels': [5]}}|"
            + "schema: ladder must be of level 0 alone where no field has role discount, got"
            + " DiscountLadder[levels=[None[], PercentOff[basisPoints=500]]]",
        "{'fields': [{'name': 'x', 'kind': 'number', 'role': 'discount'}]}|"
            + "schema: ladder must have a level besides None where a field has role discount, got"
            + " none",
      })
  void parse_brokenRule_namesKeyRuleAndValue(String json, String message) {
    assertEquals("schema: " + message, refusal(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'percent', 'levels': [12.345]|"
            + "discount.levels must hold whole numbers of basis points, got \"12.345\"",
        "'percent', 'levels': [101]|discount: basisPoints must be in (0, 10000], got 10100",
        "'percent', 'levels': [5, 0]|discount: levels[2] must not be None, only levels[0] is",
        "'percent', 'levels': [5, 5]|"
            + "discount: levels[2] must be deeper than levels[1], got PercentOff[basisPoints=500]",
        "'amount', 'levels': [0.001]|discount.levels must have at most 2 decimals, got \"0.001\"",
        "'percents', 'levels': [5]|"
            + "discount.unit must be one of percent, share, basisPoints, amount, name, got"
            + " \"percents\"",
        "'name', 'levels': ['gift']|"
            + "schema: kind of field d must be category or id for discounts in unit name, got"
            + " number",
        "'name', 'levels': [3]|discount.levels must hold texts, got \"3\"",
      })
  void parse_brokenDiscount_namesKeyRuleAndValue(String discount, String message) {
    assertEquals(
        "schema: " + message, refusal(withDiscount("number", discount).replace('"', '\'')));
  }

  @Test
  void parse_notJson_saysWhere() {
    assertEquals(
        "schema:2: line must be JSON with distinct keys: Duplicate field 'fields'",
        refusal("{'fields': [],\n'fields': []}"));
    assertTrue(
        refusal("{'fields': [}").startsWith("schema:1: line must be JSON with distinct keys: "));
    assertTrue(refusal("{'fields': []} x").startsWith("schema:1: line must be JSON"));
    assertTrue(refusal("").startsWith("schema"));
  }

  @Test
  void parse_hugeNumbers_areRefusedWithoutExpandingThem() {
    assertEquals(
        "schema: constants.price must be a decimal number, got \"1E+999999999\"",
        refusal(
            "{'fields': [{'name': 'x', 'kind': 'number'}], 'constants': {'price': 1E999999999}}"));
  }

  @Test
  void read_file_isUtf8AndNamedInMessages(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("shop.json");
    Files.writeString(path, EXAMPLE);
    assertEquals(example(), SchemaJson.read(path));

    Files.write(path, "{\"fields\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        path + ": data must be UTF-8",
        assertThrows(DataFormatException.class, () -> SchemaJson.read(path)).getMessage());
    Files.writeString(path, "{\"fields\": 1}");
    assertEquals(
        path + ": fields must be an array, got \"1\"",
        assertThrows(DataFormatException.class, () -> SchemaJson.read(path)).getMessage());
  }

  private static String withDiscount(String kind, String discount) {
    return "{\"fields\": [{\"name\": \"d\", \"kind\": \""
        + kind
        + "\", \"role\": \"discount\"}], \"discount\": {\"unit\": "
        + discount
        + "}}";
  }

  private static String refusal(String json) {
    String text = json.replace('\'', '"');
    return assertThrows(DataFormatException.class, () -> SchemaJson.parse(text)).getMessage();
  }

  @Test
  void tags_areReadAndWritten_andProtectedFieldsAreNoFeaturesUnlessStated() {
    Schema schema =
        SchemaJson.parse(
            """
            {"fields": [
              {"name": "who", "kind": "id", "role": "customer"},
              {"name": "age", "kind": "number", "tag": "protected"},
              {"name": "sex", "kind": "category", "tag": "protected", "feature": true},
              {"name": "spend", "kind": "number", "tag": "personal"},
              {"name": "day", "kind": "number"}]}
            """);
    assertEquals(Field.Tag.PERSONAL, schema.field(0).tag());
    assertEquals(Field.Tag.PROTECTED, schema.field(1).tag());
    assertFalse(schema.field(1).feature());
    assertTrue(schema.field(2).feature());
    assertTrue(schema.field(3).feature());
    assertEquals(Field.Tag.CONTEXTUAL, schema.field(4).tag());
    assertEquals(schema, SchemaJson.parse(SchemaJson.write(schema)));
  }
}
