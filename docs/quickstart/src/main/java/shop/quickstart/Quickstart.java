package shop.quickstart;

import dev.discount.core.data.DataFormatException;
import dev.discount.core.io.ModelFormatException;
import dev.discount.policy.sim.ShopConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * A host application in small: reads a purchase log, trains a response model, saves and loads it,
 * compares policies, and writes a report. Without a log of one's own, a simulated shop writes one.
 */
public final class Quickstart {

  /** The exit code of a run whose options or data were wrong. */
  static final int BAD_INPUT = 2;

  /** The exit code of a run that failed for another reason. */
  static final int FAILED = 1;

  private static final ShopConfig SHOP = ShopConfig.ofDefaults().withLogRows(600_000);

  private Quickstart() {}

  /**
   * Runs once and ends the process, with code 0 if all went well.
   *
   * @param arguments options of the form {@code name=value}, see {@link LaunchOptions}
   */
  public static void main(String[] arguments) {
    int code = run(arguments, System.out, System.err, Terminal.attached());
    System.out.flush();
    System.exit(code);
  }

  /**
   * Runs once.
   *
   * @param arguments options of the form {@code name=value}
   * @param out where the run tells what it does
   * @param err where an error goes: one line, and the stack trace if it was asked for
   * @param terminal whether {@code out} is a terminal
   * @return 0, {@link #BAD_INPUT} or {@link #FAILED}
   */
  static int run(String[] arguments, PrintStream out, PrintStream err, boolean terminal) {
    boolean stacktrace = false;
    try {
      LaunchOptions options = LaunchOptions.parse(arguments);
      stacktrace = options.stacktrace();
      options.librarySettings().forEach(System::setProperty);
      new Run(options, SHOP, new Console(out, terminal)).execute();
      return 0;
    } catch (UserError | DataFormatException | ModelFormatException e) {
      return fail(err, BAD_INPUT, e.getMessage(), e, stacktrace);
    } catch (IOException e) {
      return fail(err, BAD_INPUT, sentence(e), e, stacktrace);
    } catch (UncheckedIOException e) {
      return fail(err, BAD_INPUT, sentence(e), e, stacktrace);
    } catch (RuntimeException e) {
      String hint = stacktrace ? "" : " (-Dstacktrace shows where)";
      return fail(err, FAILED, e + hint, e, stacktrace);
    }
  }

  private static int fail(
      PrintStream err, int code, @Nullable String message, Exception cause, boolean stacktrace) {
    err.println("error: " + String.valueOf(message).replaceAll("\\R", " "));
    if (stacktrace) {
      cause.printStackTrace(err);
    }
    err.flush();
    return code;
  }

  /** Says what the message of a file system's exception, often just the path, leaves out. */
  private static String sentence(Exception failure) {
    Throwable cause = failure.getCause();
    Throwable e = failure instanceof UncheckedIOException && cause != null ? cause : failure;
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return e.getMessage() + " must be a file that exists";
    }
    if (e instanceof AccessDeniedException) {
      return e.getMessage() + " must be a file that may be read";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
