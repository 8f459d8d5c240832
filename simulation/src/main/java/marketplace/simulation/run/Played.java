package marketplace.simulation.run;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.run.OrderLife.Placed;

/// A run, or a part of one, when it is over.
///
/// @param orders all whose time had come, by their numbers
/// @param sellers whose shops were open, by their numbers
/// @param journal has all that was told of these orders and sellers
record Played(RunPlan plan, List<Placed> orders, Map<Integer, UUID> sellers, Journal journal) {}
