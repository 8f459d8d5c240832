package marketplace.dispute.request;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import marketplace.dispute.domain.AfterSale;
import marketplace.dispute.domain.AfterSale.NotOpened;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSaleCommand;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleRejection;
import marketplace.dispute.domain.Evidence;
import marketplace.dispute.process.AfterSaleReactions;
import marketplace.dispute.view.Lookup;
import marketplace.dispute.view.Versioned;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.BuyerId;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.OrderId;

/// How every wish about an order's cases is put before the rules, and every look at them answered.
final class Desk {
  private final Aggregate<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>
      aggregate;
  private final Lookup lookup;

  Desk(
      Aggregate<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection> aggregate,
      Lookup lookup) {
    this.aggregate = aggregate;
    this.lookup = lookup;
  }

  /// A command that was accepted, and so left an order that is known.
  record Done(Opened state, int version, int publishedVersion) {
    <T> Versioned<T> versioned(T view) {
      return new Versioned<>(view, version, publishedVersion);
    }
  }

  Lookup lookup() {
    return lookup;
  }

  CommandRequest<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection> decide(
      Call call, OrderId orderId, AfterSaleCommand command, Function<Done, Answer> answer) {
    return decide(call, orderId, command, answer, List.of());
  }

  /// @param rows to be written if the command is accepted
  CommandRequest<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection> decide(
      Call call,
      OrderId orderId,
      AfterSaleCommand command,
      Function<Done, Answer> answer,
      List<ViewRow> rows) {
    return new CommandRequest<>(
        AfterSaleReactions.streamOf(orderId),
        command,
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        outcome -> answer(outcome, answer),
        outcome -> outcome instanceof Outcome.Done ? rows : List.of());
  }

  private static Answer answer(
      Outcome<AfterSale, AfterSaleEvent, AfterSaleRejection> outcome,
      Function<Done, Answer> answer) {
    return switch (outcome) {
      case Outcome.Done<AfterSale, AfterSaleEvent, AfterSaleRejection> done ->
          answer.apply(new Done(opened(done.state()), done.version(), done.publishedVersion()));
      case Outcome.Refused<AfterSale, AfterSaleEvent, AfterSaleRejection> refused ->
          Refusals.problem(refused.reason(), refused.at()).toAnswer();
      case Outcome.VersionMismatch<AfterSale, AfterSaleEvent, AfterSaleRejection> mismatch ->
          Problem.of(
                  412,
                  "VERSION_MISMATCH",
                  "expected another version, it is at " + mismatch.version(),
                  mismatch.at())
              .toAnswer();
    };
  }

  private static Opened opened(AfterSale state) {
    return switch (state) {
      case Opened o -> o;
      case NotOpened() -> throw new IllegalStateException("accepted, though nothing was sold");
    };
  }

  /// @param view empty where there is nothing of the kind
  Prepared look(
      Call call, OrderId orderId, String what, BiFunction<Opened, Instant, Optional<?>> view) {
    return new Query<>(
        AfterSaleReactions.streamOf(orderId),
        aggregate,
        snapshot -> {
          var history = snapshot.history();
          return visibleTo(call.caller(), snapshot.state())
              .flatMap(o -> view.apply(o, snapshot.now()))
              .map(seen -> seen(seen, history.version(), history.publishedVersion()))
              .orElseGet(() -> Refusals.notFound(what, snapshot.now()).toAnswer());
        });
  }

  private static Answer seen(Object view, int version, int publishedVersion) {
    return new Answer(
        200,
        Map.of("ETag", "\"" + version + "\""),
        new Versioned<>(view, version, publishedVersion));
  }

  /// A stranger learns nothing, not even that the order exists.
  private static Optional<Opened> visibleTo(Caller caller, AfterSale state) {
    return switch (state) {
      case NotOpened() -> Optional.empty();
      case Opened o when caller.is("PLATFORM") -> Optional.of(o);
      case Opened o when caller.is("BUYER") && isOf(caller, o.sale().buyerId().value()) ->
          Optional.of(o);
      case Opened o when caller.is("SELLER") && isOf(caller, o.sale().sellerId().value()) ->
          Optional.of(o);
      case Opened _ -> Optional.empty();
    };
  }

  private static boolean isOf(Caller caller, UUID id) {
    return caller.id().equals(id);
  }

  /// The pieces that were uploaded for this order by this buyer.
  List<Evidence.Piece> pieces(Call call, OrderId orderId, List<EvidenceId> ids) {
    var buyer = new BuyerId(call.caller().id());
    return ids.stream()
        .map(id ->
            lookup
                .draft(id)
                .filter(draft -> draft.orderId().equals(orderId) && draft.buyerId().equals(buyer))
                .orElseThrow(() -> noSuchEvidence(id)))
        .map(Lookup.Draft::piece)
        .toList();
  }

  private static ProblemException noSuchEvidence(EvidenceId id) {
    return new ProblemException(
        Problem.of(422, "INVALID", "/evidenceIds names " + id + ", which was not uploaded", null)
            .withErrors(List.of(new FieldError("/evidenceIds", "UNKNOWN"))));
  }

  static ProblemException unknown(String what) {
    return new ProblemException(Refusals.notFound(what, null));
  }
}
