package shop.quickstart;

import java.io.Console;

/** Whether somebody is watching: a bar is drawn on a terminal, lines are written elsewhere. */
final class Terminal {

  private Terminal() {}

  /** Returns whether input and output of this process are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // null before Java 22, told apart below from there on
  static boolean attached() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 a console exists without a terminal too, and this method tells them apart.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
