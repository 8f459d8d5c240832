package marketplace.simulation.scenario;

/// Something has happened to an order that a story cannot tell.
public final class UnrecordableException extends RuntimeException {
  UnrecordableException(String what) {
    super(what);
  }
}
