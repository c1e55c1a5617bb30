package dev.discount.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;

/**
 * The sentences of codes in a language: why a level was chosen, what closed others, and what would
 * have opened them. English and Chinese; other languages get English. Immutable.
 */
public final class Reasons {

  private static final String ENGLISH = "reasons.properties";
  private static final String CHINESE = "reasons_zh.properties";

  private final ResourceBundle bundle;

  private Reasons(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * Returns the sentences in a language.
   *
   * @param locale of which the language counts
   */
  public static Reasons of(Locale locale) {
    return new Reasons(read(locale.getLanguage().equals("zh") ? CHINESE : ENGLISH));
  }

  private static ResourceBundle read(String name) {
    try (InputStream bytes = Reasons.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new IllegalStateException("the library must hold " + name);
      }
      Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8);
      return new PropertyResourceBundle(text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /** Returns the sentence of a code, empty if it is not one of the library's. */
  public Optional<String> sentence(String code) {
    return bundle.containsKey(code) ? Optional.of(bundle.getString(code)) : Optional.empty();
  }

  /** Returns the sentence of a reason: the language's, or its own where its code is a host's. */
  public String sentence(Decision.Reason reason) {
    return sentence(reason.code()).orElse(reason.sentence());
  }

  /** Returns the sentence of what would have opened a level. */
  public String sentence(Opening opening) {
    return bundle
        .getString(opening.quantity().code())
        .replace("{0}", Long.toString(opening.needed()))
        .replace("{1}", Long.toString(opening.had()));
  }

  /**
   * What would have unlocked a level.
   *
   * @param levelIndex the level's place in the ladder
   * @param closedBy the code of what closed it
   * @param opening the nearest change that would have opened it
   * @param sentence the opening in words
   */
  public record Unlock(int levelIndex, String closedBy, Opening opening, String sentence) {}

  /**
   * Returns the next level beyond the chosen one that a guardrail closed, and the nearest change
   * that would have unlocked it; nothing if no guardrail closed a later level.
   */
  public Optional<Unlock> nextLevel(Decision decision) {
    for (int level = decision.levelIndex() + 1; level < decision.ladder().size(); level++) {
      Opening opening = decision.opening(level);
      String closedBy = decision.closedBy(level);
      if (opening != null && closedBy != null) {
        return Optional.of(new Unlock(level, closedBy, opening, sentence(opening)));
      }
    }
    return Optional.empty();
  }
}
