package marketplace.loadtest.market;

import marketplace.simulation.world.Request;

/// One call on its way.
///
/// @param number of the command, from 0, which its trace tells; a view has that of the command
///   before it
/// @param command or a view
/// @param url with method and address as the service knows them
/// @param intendedNanos when it was meant to leave
/// @param startedNanos when it left
record Call(
    long number,
    boolean command,
    Order order,
    Request request,
    String url,
    long intendedNanos,
    long startedNanos) {
  String operation() {
    return request.operation();
  }
}
