package marketplace.eventsourcing.relay;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import marketplace.eventsourcing.relay.RelayDatabase.Slot;
import marketplace.eventsourcing.relay.RelayProbe.Step;
import marketplace.eventsourcing.relay.RelayStatus.State;
import marketplace.eventsourcing.tracing.Tracing;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/// One attempt at publishing: from taking the turn to the first fault, or to the stop. Nothing of
/// it is used again, so a later attempt knows only what PostgreSQL knows.
final class RelayRun implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {
  private static final Logger LOG = Logger.getLogger(RelayRun.class);

  /// Marks that somebody waits for come no faster than this.
  private static final Duration MARK_LEAST = Duration.ofMillis(25);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int REPUBLISHED_EACH_WAIT = 2_000;

  /// Where the run tells how it goes.
  interface Listener {
    void became(State state);

    void unpublished(long count);

    void republished(int count);
  }

  private final RelaySettings settings;
  private final Translation translation;
  private final RelayProbe probe;
  private final Listener listener;
  private final RelayDatabase database;
  private final RelayDatabase watched;
  private final Sender sender;
  private final LogReader reader;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private boolean markWanted;
  private boolean stopped;

  private volatile @Nullable Throwable fault;
  private volatile long lastProgress = System.nanoTime();

  /// Whether the slot that this run reads has been found to begin where it should.
  private boolean slotChecked;

  RelayRun(
      RelaySettings settings,
      Translation translation,
      Tracing tracing,
      RelayProbe probe,
      Listener listener)
      throws SQLException {
    this.settings = settings;
    this.translation = translation;
    this.probe = probe;
    this.listener = listener;
    this.database = new RelayDatabase(settings);
    try {
      this.watched = new RelayDatabase(settings);
    } catch (SQLException e) {
      database.close();
      throw e;
    }
    this.sender = new Sender(settings, tracing);
    this.reader = new LogReader(settings, this);
  }

  /// Returns after `stop`, or throws what went wrong.
  void run() throws Exception {
    try {
      awaitTurn();
      if (isStopped()) return;
      listener.became(State.STARTING);
      closeGap();
      publish();
    } finally {
      stop();
      sender.close();
      database.close();
      watched.close();
    }
    var cause = fault;
    if (cause != null) throw new IllegalStateException(cause.getMessage(), cause);
  }

  private void awaitTurn() throws SQLException, InterruptedException {
    listener.unpublished(watched.countUnpublished());
    var counted = System.nanoTime();
    while (!isStopped() && !database.takeTurn()) {
      listener.became(State.WAITING);
      if (elapsed(counted).compareTo(settings.checkEvery()) > 0) {
        listener.unpublished(watched.countUnpublished());
        counted = System.nanoTime();
      }
      pause(settings.turnEvery());
    }
  }

  /// The slot may be gone, or begin after what Kafka has acknowledged. Then the table has what the
  /// log lacks: the slot comes first, so that whatever commits meanwhile is in the one or the
  /// other.
  private void closeGap() throws SQLException, InterruptedException {
    var slot = database.slot();
    if (slot == Slot.COVERING) return;
    LOG.warnf("slot %s is %s, publishing from the table", settings.slot(), slot);
    if (slot == Slot.LOST) database.dropSlot();
    if (slot != Slot.AHEAD) database.createSlot();
    probe.reached(Step.SLOT_CREATED);
    listener.became(State.REPUBLISHING);
    var position = database.slotPosition();
    var open = database.nextTransactionId();
    while (!isStopped() && !database.endedBefore(open)) pause(LOOK_AGAIN);
    if (isStopped()) return;
    var republication = new Republication();
    var mark = database.readUnpublished(republication);
    sender.awaitAcknowledged();
    probe.reached(Step.REPUBLISHED);
    database.restartFrom(mark, position);
    listener.republished(republication.count);
  }

  private final class Republication implements RelayDatabase.RowReader {
    private int count;

    @Override
    public void read(EventRow row) throws InterruptedException {
      if (isStopped()) throw new InterruptedException("the relay is being stopped");
      var sent = translation.recordFor(row);
      if (sent.isPresent()) sender.send(sent.get());
      if (++count % REPUBLISHED_EACH_WAIT == 0) sender.awaitAcknowledged();
    }
  }

  private void publish() throws InterruptedException {
    if (isStopped()) return;
    var watch = Thread.ofPlatform().name(settings.slot() + "-watch").start(this::watch);
    try {
      reader.run();
    } finally {
      end();
      watch.join();
    }
  }

  @Override
  public void handleBatch(
      List<RecordChangeEvent<SourceRecord>> records,
      RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    try {
      handle(records, committer);
    } catch (SQLException e) {
      throw new IllegalStateException("the acknowledged position could not be stored", e);
    }
  }

  private void handle(
      List<RecordChangeEvent<SourceRecord>> records,
      RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws SQLException, InterruptedException {
    String mark = null;
    var events = 0;
    var told = 0;
    probe.reached(Step.BEFORE_SEND);
    for (var read : records) {
      lastProgress = System.nanoTime();
      var value = (Struct) read.record().value();
      if (value.getString("op").equals("m")) {
        mark = content(value.getStruct("message"));
      } else {
        var sent = translation.recordFor(EventRow.of(value.getStruct("after")));
        if (sent.isPresent()) {
          sender.send(sent.get());
          told++;
        }
        events++;
      }
    }
    sender.awaitAcknowledged();
    if (told > 0) probe.reached(Step.SENT);
    checkSlot();
    var last = records.getLast();
    database.acknowledged(mark, confirmedBy(last.record()));
    probe.reached(Step.ACKNOWLEDGED);
    committer.markProcessed(last);
    committer.markBatchFinished();
    progressed();
    if (events > 0) requestMark();
  }

  /// Between the comparison at the start and the first batch the slot could still have been
  /// replaced. From here on it cannot: it is in use.
  private void checkSlot() throws SQLException {
    if (slotChecked) return;
    var slot = database.slot();
    if (slot != Slot.COVERING) throw new IllegalStateException("the slot has become " + slot);
    slotChecked = true;
  }

  /// Where the connector moves the slot when this record is confirmed.
  private static String confirmedBy(SourceRecord read) {
    var offset = read.sourceOffset();
    var commit = offset.get("lsn_commit");
    var position = commit == null ? offset.get("lsn_proc") : commit;
    if (!(position instanceof Long lsn)) {
      throw new IllegalStateException("a record of the log without a position: " + offset);
    }
    return LogSequenceNumber.valueOf(lsn).asString();
  }

  private static String content(Struct message) {
    return switch (message.get("content")) {
      case ByteBuffer bytes -> StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      case Object other -> throw new IllegalStateException("not a mark: " + other);
    };
  }

  /// Asks for a mark soon, for example because somebody waits until all is quiet.
  void requestMark() {
    lock.lock();
    try {
      markWanted = true;
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Beside the reader: sends marks, compares slot and position, notices when nothing moves.
  private void watch() {
    try {
      var lastMark = System.nanoTime() - settings.markEvery().toNanos();
      var lastCheck = lastMark;
      lastProgress = System.nanoTime();
      while (awaitNextMark(lastMark)) {
        lastMark = System.nanoTime();
        watched.emitMark();
        if (elapsed(lastCheck).compareTo(settings.checkEvery()) >= 0) {
          check();
          lastCheck = System.nanoTime();
        }
      }
    } catch (Exception e) {
      fault = e;
    } finally {
      reader.close();
    }
  }

  private void check() throws SQLException {
    var slot = watched.slot();
    if (slot != Slot.COVERING) throw new IllegalStateException("the slot has become " + slot);
    listener.unpublished(watched.countUnpublished());
    var idle = elapsed(lastProgress);
    if (idle.compareTo(settings.stalledAfter().multipliedBy(4)) > 0) {
      throw new IllegalStateException("nothing has come out of the log for " + idle);
    }
    if (idle.compareTo(settings.stalledAfter()) > 0) listener.became(State.STALLED);
  }

  private void progressed() {
    lastProgress = System.nanoTime();
    listener.became(State.PUBLISHING);
  }

  private static Duration elapsed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /// True when it is time for a mark, false when the run ends.
  private boolean awaitNextMark(long lastMark) throws InterruptedException {
    lock.lock();
    try {
      var left = untilMark(lastMark);
      while (!stopped && left > 0) left = Math.min(called.awaitNanos(left), untilMark(lastMark));
      markWanted = false;
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private long untilMark(long lastMark) {
    var apart = markWanted ? MARK_LEAST : settings.markEvery();
    return apart.minus(elapsed(lastMark)).toNanos();
  }

  private void pause(Duration duration) throws InterruptedException {
    lock.lock();
    try {
      var left = duration.toNanos();
      while (!stopped && left > 0) left = called.awaitNanos(left);
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      stopped = true;
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// From any thread: `run` returns soon.
  void stop() {
    end();
    sender.abort();
  }
}
