package marketplace.eventsourcing.handling;

import com.fasterxml.jackson.databind.ObjectMapper;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.tracing.Tracing;

/// What every batch of one service has in common.
record Rules(
    Aggregates aggregates,
    FactReader reader,
    HandlerSettings settings,
    AnswerWriter answers,
    Tracing tracing) {

  static Rules of(
      Aggregates aggregates,
      FactReader reader,
      HandlerSettings settings,
      ObjectMapper json,
      Tracing tracing) {
    return new Rules(aggregates, reader, settings, new AnswerWriter(json, settings), tracing);
  }
}
