package marketplace.eventsourcing.store;

import marketplace.eventsourcing.IdempotencyKey;

/// Where one answer is kept: the caller's key, whatever body he sends with it.
public record AnswerSlot(String caller, String path, String key) implements Comparable<AnswerSlot> {
  public static AnswerSlot of(IdempotencyKey key) {
    return new AnswerSlot(key.caller(), key.path(), key.key());
  }

  @Override
  public int compareTo(AnswerSlot other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return caller + " " + path + " " + key;
  }
}
