package dev.discount.core.data;

import java.util.Locale;

/**
 * One column of a purchase log: what it holds and what it is for. Immutable; every instance is
 * valid.
 *
 * @param name the column's name, not blank
 * @param kind what a cell holds
 * @param role what the column is for
 * @param feature whether the response model sees it; by default true for {@link Role#FEATURE},
 *     {@link Role#CUSTOMER} and {@link Role#ITEM} and false for the others
 * @param minCount ids and categories seen less often while fitting share the unknown bucket; at
 *     least 1
 * @param width the width of the embedding, at least 1, or 0 for the trainer's choice
 * @param transform what is done to a number before it is standardised
 * @param tag what the law may call the column; by default {@link Tag#PERSONAL} for {@link
 *     Role#CUSTOMER} and {@link Tag#CONTEXTUAL} for the others
 */
public record Field(
    String name,
    Kind kind,
    Role role,
    boolean feature,
    int minCount,
    int width,
    Transform transform,
    Tag tag) {

  /** What a cell holds. */
  public enum Kind {
    /** A long number or a text that names one of many things. */
    ID,
    /** A text or long number out of a modest set. */
    CATEGORY,
    /** A finite real number. */
    NUMBER,
    /** A yes or no: {@code 0/1}, {@code true/false} or {@code yes/no}, in any case. */
    FLAG;

    /** Returns the name used in JSON and messages. */
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a column is for. */
  public enum Role {
    /** An input of the response model. */
    FEATURE,
    /** Who is asked. */
    CUSTOMER,
    /** What is offered. */
    ITEM,
    /** The level that was offered. */
    DISCOUNT,
    /** The list price, in major units. */
    PRICE,
    /** What one unit costs the shop, in major units. */
    COST,
    /** Whether the customer bought. */
    OUTCOME,
    /** The value of the purchase, in major units. */
    VALUE,
    /** The probability with which the offered level had been chosen, in (0, 1]. */
    PROPENSITY,
    /** The weight of the row in training, not negative. */
    WEIGHT,
    /** When it happened: a number that rises with time, in any unit. */
    TIME,
    /** Read for the split only. */
    SPLIT;

    /** Returns the name used in JSON and messages. */
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is done to a number before it is standardised. */
  public enum Transform {
    /** Nothing. */
    IDENTITY,
    /** {@code sign(x) * log(1 + |x|)}, for amounts and counts with long tails. */
    LOG;

    /** Returns the name used in JSON and messages. */
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a column says about whom. */
  public enum Tag {
    /** Of the offer, the moment or the shop, and not of a person. */
    CONTEXTUAL,
    /** Of the person who is asked: an id, a past, a preference, a place. */
    PERSONAL,
    /**
     * Of a person, and not to be decided by: age, sex, origin, health, belief. No model sees it
     * unless the field says {@link Field#feature()}.
     */
    PROTECTED;

    /** Returns the name used in JSON and messages. */
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the tag of columns of a role that state none. */
    static Tag of(Role role) {
      return role == Role.CUSTOMER ? PERSONAL : CONTEXTUAL;
    }
  }

  /** Checks the name, the counts and what belongs together. */
  public Field {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank, got \"" + name + "\"");
    }
    if (minCount < 1) {
      throw new IllegalArgumentException(
          "minCount of field " + name + " must be >= 1, got " + minCount);
    }
    if (width < 0) {
      throw new IllegalArgumentException("width of field " + name + " must be >= 0, got " + width);
    }
    if ((minCount > 1 || width > 0) && kind != Kind.ID && kind != Kind.CATEGORY) {
      throw new IllegalArgumentException(
          "minCount and width of field "
              + name
              + " must be 1 and 0 for kind "
              + kind.jsonName()
              + ", got "
              + minCount
              + " and "
              + width);
    }
    if (transform != Transform.IDENTITY && kind != Kind.NUMBER) {
      throw new IllegalArgumentException(
          "transform of field " + name + " must be identity for kind " + kind.jsonName());
    }
    checkKindOfRole(name, kind, role);
    if (feature && (role == Role.OUTCOME || role == Role.DISCOUNT || role == Role.SPLIT)) {
      throw new IllegalArgumentException(
          "feature of field " + name + " must be false for role " + role.jsonName());
    }
  }

  private static void checkKindOfRole(String name, Kind kind, Role role) {
    boolean keyed = kind == Kind.ID || kind == Kind.CATEGORY;
    String rule =
        switch (role) {
          case CUSTOMER, ITEM -> keyed ? "" : "id or category";
          case PRICE, COST, VALUE, PROPENSITY, WEIGHT, TIME -> kind == Kind.NUMBER ? "" : "number";
          case OUTCOME -> keyed ? "flag or number" : "";
          case DISCOUNT -> kind == Kind.FLAG ? "number, category or id" : "";
          case SPLIT -> kind == Kind.NUMBER ? "id, category or flag" : "";
          case FEATURE -> "";
        };
    if (!rule.isEmpty()) {
      throw new IllegalArgumentException(
          "kind of field "
              + name
              + " must be "
              + rule
              + " for role "
              + role.jsonName()
              + ", got "
              + kind.jsonName());
    }
  }

  /**
   * Returns a field with the defaults of its kind and role.
   *
   * @param name the column's name, not blank
   * @param kind what a cell holds
   * @param role what the column is for
   */
  public static Field of(String name, Kind kind, Role role) {
    boolean feature = role == Role.FEATURE || role == Role.CUSTOMER || role == Role.ITEM;
    return new Field(name, kind, role, feature, 1, 0, Transform.IDENTITY, Tag.of(role));
  }

  /**
   * Returns an input of the response model with the defaults of its kind.
   *
   * @param name the column's name, not blank
   * @param kind what a cell holds
   */
  public static Field of(String name, Kind kind) {
    return of(name, kind, Role.FEATURE);
  }

  /** Returns this field, seen or not seen by the model. */
  public Field withFeature(boolean newFeature) {
    return new Field(name, kind, role, newFeature, minCount, width, transform, tag);
  }

  /** Returns this field with another smallest count. */
  public Field withMinCount(int newMinCount) {
    return new Field(name, kind, role, feature, newMinCount, width, transform, tag);
  }

  /** Returns this field with another embedding width. */
  public Field withWidth(int newWidth) {
    return new Field(name, kind, role, feature, minCount, newWidth, transform, tag);
  }

  /** Returns this field with another transform. */
  public Field withTransform(Transform newTransform) {
    return new Field(name, kind, role, feature, minCount, width, newTransform, tag);
  }

  /**
   * Returns this field with another tag. A protected one is no longer seen by the model, unless
   * {@link #withFeature} states it afterwards.
   */
  public Field withTag(Tag newTag) {
    boolean seen = feature && newTag != Tag.PROTECTED;
    return new Field(name, kind, role, seen, minCount, width, transform, newTag);
  }

  /** Returns whether its cells are ids or categories: {@code long} numbers or texts. */
  public boolean keyed() {
    return kind == Kind.ID || kind == Kind.CATEGORY;
  }

  /** Returns whether the model sees it through a vocabulary and an embedding. */
  public boolean embedded() {
    return feature && keyed();
  }

  /** Returns whether the model sees it as part of the block of numbers. */
  public boolean numeric() {
    return feature && !keyed();
  }
}
