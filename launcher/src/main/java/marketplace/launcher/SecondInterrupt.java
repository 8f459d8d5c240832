package marketplace.launcher;

import java.lang.reflect.Proxy;

/// A second Ctrl-C while we stop.
final class SecondInterrupt {
  private static final int KILLED_BY_INTERRUPT = 130;

  private SecondInterrupt() {}

  /// By reflection, because the compiler warns of each use of `sun.misc.Signal` and nothing else
  /// hears a signal. Where it is gone, the second Ctrl-C does nothing.
  static void runs(Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var handle =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                action.run();
                Runtime.getRuntime().halt(KILLED_BY_INTERRUPT);
                return "unreachable";
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handle);
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      return; // as said
    }
  }
}
