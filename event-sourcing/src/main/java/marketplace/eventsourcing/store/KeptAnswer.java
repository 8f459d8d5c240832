package marketplace.eventsourcing.store;

import marketplace.eventsourcing.RenderedAnswer;

/// What a caller was told under his key.
///
/// @param bodyHash of what he had sent
public record KeptAnswer(AnswerSlot slot, String bodyHash, RenderedAnswer answer) {}
