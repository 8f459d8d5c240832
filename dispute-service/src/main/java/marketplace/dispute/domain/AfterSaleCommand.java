package marketplace.dispute.domain;

/// All that can be asked of an after-sale window.
public sealed interface AfterSaleCommand {

  /// Take in what another service has told.
  record TakeNote(AfterSaleEvent.Noted fact) implements AfterSaleCommand {}

  /// The window's end has come.
  record EndWindow() implements AfterSaleCommand {}
}
