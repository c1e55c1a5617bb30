package dev.discount.core.internal.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What HotSpot says about itself. */
final class VirtualMachine {

  private VirtualMachine() {}

  /** Returns the value of a VM option, or null if this is not HotSpot or it has no such option. */
  static @Nullable String option(String name) {
    try {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return bean == null ? null : bean.getVMOption(name).getValue();
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** Returns whether a VM option is true. */
  static boolean isOn(String name) {
    return Boolean.parseBoolean(option(name));
  }
}
