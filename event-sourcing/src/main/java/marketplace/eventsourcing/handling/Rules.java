package marketplace.eventsourcing.handling;

import com.fasterxml.jackson.databind.ObjectMapper;
import marketplace.eventsourcing.Aggregates;

/// What every batch of one service has in common.
record Rules(
    Aggregates aggregates, FactReader reader, HandlerSettings settings, AnswerWriter answers) {

  static Rules of(
      Aggregates aggregates, FactReader reader, HandlerSettings settings, ObjectMapper json) {
    return new Rules(aggregates, reader, settings, new AnswerWriter(json, settings));
  }
}
