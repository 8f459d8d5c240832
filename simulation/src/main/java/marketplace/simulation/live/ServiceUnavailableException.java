package marketplace.simulation.live;

/// A service does not answer, or not within the time that it may take.
public final class ServiceUnavailableException extends RuntimeException {
  public ServiceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  ServiceUnavailableException(String message) {
    super(message);
  }
}
