package marketplace.refund.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The balances of one ledger. They only change by postings, so they always sum to zero.
public record Accounts(Map<Account, Long> balances) {
  public static final Accounts EMPTY = new Accounts(Map.of());

  public Accounts {
    var all = new EnumMap<Account, Long>(Account.class);
    for (var account : Account.values()) all.put(account, balances.getOrDefault(account, 0L));
    balances = Collections.unmodifiableMap(all);
  }

  public long balance(Account account) {
    return balances.getOrDefault(account, 0L);
  }

  public Accounts after(Posting posting) {
    var next = new EnumMap<>(balances);
    next.merge(posting.debit(), -posting.amountMinor(), Math::addExact);
    next.merge(posting.credit(), posting.amountMinor(), Math::addExact);
    return new Accounts(next);
  }
}
