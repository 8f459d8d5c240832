package marketplace.order.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import marketplace.kernel.CancellationId;
import org.jspecify.annotations.Nullable;

/// The cancellation requests of an order, oldest first; at most one of them is open.
///
/// @param foreign requests that this order never sent and that were granted nevertheless
public record Requests(List<Request> sent, Set<CancellationId> foreign) {
  public static final Requests NONE = new Requests(List.of(), Set.of());

  public Requests {
    sent = List.copyOf(sent);
    foreign = Set.copyOf(foreign);
  }

  public Optional<Request> open() {
    return sent.stream().filter(Request::isOpen).findFirst();
  }

  public Optional<Request> find(CancellationId id) {
    return sent.stream().filter(request -> request.id().equals(id)).findFirst();
  }

  /// The request of this id, if it is still open.
  Optional<Request> open(CancellationId id) {
    return find(id).filter(Request::isOpen);
  }

  Requests add(Request request) {
    var all = new ArrayList<>(sent);
    all.add(request);
    return new Requests(all, foreign);
  }

  Requests change(CancellationId id, UnaryOperator<Request> change) {
    return new Requests(
        sent.stream()
            .map(request -> request.id().equals(id) ? change.apply(request) : request)
            .toList(),
        foreign);
  }

  Requests withoutWordsUntil(Instant erasedAt) {
    return new Requests(
        sent.stream()
            .map(request ->
                request.sent().requestedAt().isAfter(erasedAt) ? request : request.withoutWords())
            .toList(),
        foreign);
  }

  Requests grant(CancellationId id, Request.Closed closed) {
    if (find(id).isPresent()) return change(id, request -> request.at(closed));
    var more = new HashSet<>(foreign);
    more.add(id);
    return new Requests(sent, more);
  }

  /// Closes the request that another fact has ended; an unknown one is not ours to close.
  Requests close(@Nullable CancellationId id, Request.Outcome outcome, Instant at) {
    if (id == null) return this;
    return change(
        id, request -> request.isOpen() ? request.at(new Request.Closed(outcome, at, 0)) : request);
  }
}
