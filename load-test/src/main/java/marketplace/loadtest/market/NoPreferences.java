package marketplace.loadtest.market;

import java.util.HashMap;
import java.util.Map;
import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;
import org.jspecify.annotations.Nullable;

/// Preferences that are forgotten with the process. Gatling keeps there when it has last asked a
/// package repository for its newest version; here it always has just done so, in vain.
final class NoPreferences extends AbstractPreferences {
  private static final String LAST_CHECK = "lastCheckTimestamp";

  private final Map<String, String> values = new HashMap<>();

  private NoPreferences(@Nullable NoPreferences parent, String name) {
    super(parent, name);
    values.put(LAST_CHECK, String.valueOf(System.currentTimeMillis()));
  }

  /// Public, because the platform makes it.
  public static final class Factory implements PreferencesFactory {
    private static final Preferences ROOT = new NoPreferences(null, "");

    @Override
    public Preferences systemRoot() {
      return ROOT;
    }

    @Override
    public Preferences userRoot() {
      return ROOT;
    }
  }

  @Override
  protected void putSpi(String key, String value) {
    values.put(key, value);
  }

  @Override
  protected @Nullable String getSpi(String key) {
    return values.get(key);
  }

  @Override
  protected void removeSpi(String key) {
    values.remove(key);
  }

  @Override
  protected void removeNodeSpi() {
    values.clear();
  }

  @Override
  protected String[] keysSpi() {
    return values.keySet().toArray(String[]::new);
  }

  @Override
  protected String[] childrenNamesSpi() {
    return new String[0];
  }

  @Override
  protected AbstractPreferences childSpi(String name) {
    return new NoPreferences(this, name);
  }

  @Override
  protected void syncSpi() {}

  @Override
  protected void flushSpi() {}
}
