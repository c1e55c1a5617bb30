package dev.discount.nn;

/** The version of this library. */
final class LibraryVersion {

  private static final String VERSION = "0.1.0-SNAPSHOT";

  private LibraryVersion() {}

  /** Returns the version. */
  static String get() {
    return VERSION;
  }
}
