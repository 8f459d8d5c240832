package marketplace.kernel;

/// The way a notification reaches somebody.
public enum NotificationChannel {
  EMAIL
}
