#!/usr/bin/env python3
"""Reads all topics from their beginnings to their ends and answers six questions.

    pip install confluent-kafka        (Debian, Ubuntu: apt install python3-confluent-kafka)
    python3 examples/python/consumer.py localhost:9092 expected.json
"""

import json
import sys
import uuid
from collections import Counter, defaultdict

from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

TOPICS = ["order.events.v1", "seller.events.v1", "refund.events.v1", "dispute.events.v1"]


def events(bootstrap_servers):
    """Each event once: (type, time, data). A relay that dies sends its last ones again (lesson 6)."""
    consumer = Consumer({
        "bootstrap.servers": bootstrap_servers,
        # It keeps no place of its own: each time it begins at the beginning.
        "group.id": f"example-{uuid.uuid4()}",
        "enable.auto.commit": False,
    })
    left = {}
    for topic in TOPICS:
        for partition in consumer.list_topics(topic, timeout=30).topics[topic].partitions:
            begin, end = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=30)
            if begin < end:
                left[topic, partition] = end
    consumer.assign([TopicPartition(*place, OFFSET_BEGINNING) for place in left])

    seen = set()
    while left:
        record = consumer.poll(1)
        if record is None:
            continue
        if record.error():
            raise SystemExit(f"cannot read: {record.error()}")
        place = record.topic(), record.partition()
        if place in left and record.offset() + 1 >= left[place]:
            del left[place]
        headers = {name: value.decode() for name, value in record.headers()}
        if headers["ce_id"] in seen:
            continue
        seen.add(headers["ce_id"])
        yield headers["ce_type"], headers["ce_time"], json.loads(record.value())
    consumer.close()


def answers(bootstrap_servers, midnights):
    cancellations, reasons, timeouts, disputes, paid_out = (Counter() for _ in range(5))
    moved = defaultdict(int)  # minor units by the instant, which sorts as text
    for kind, time, data in events(bootstrap_servers):
        if kind == "OrderCancelled":
            cancellations[time[:13] + ":00:00Z"] += 1
        elif kind == "CancellationRequested":
            reasons[data["reason"]] += 1
        elif kind == "SellerTimedOut":
            timeouts[data["sellerId"]] += 1
        elif kind == "DisputeOpened":
            disputes[time[:10]] += 1
        elif kind == "PaymentCaptured":
            moved[time] += data["amountMinor"]
        elif kind == "RefundIssued":
            moved[time] -= data["amountMinor"]
        elif kind == "PayoutReleased":
            moved[time] -= data["amountMinor"]
            paid_out[data["sellerId"]] += data["amountMinor"]
    return {
        "cancellationsPerHour": cancellations,
        "requestsByReason": reasons,
        "timeoutsPerSeller": timeouts,
        "disputesPerDay": disputes,
        "paidOutPerSeller": paid_out,
        "moneyHeldAtMidnight": {
            midnight: sum(minor for time, minor in moved.items() if time[:10] < midnight[:10])
            for midnight in midnights
        },
    }


def main(bootstrap_servers, file):
    with open(file, encoding="utf-8") as opened:
        expected = json.load(opened)
    wrong = 0
    for question, found in answers(bootstrap_servers, expected["moneyHeldAtMidnight"]).items():
        right = expected[question]
        different = [name for name in sorted({*right, *found}) if right.get(name) != found.get(name)]
        print("NOT" if different else "ok ", question)
        for name in different[:5]:
            print(f"      /{name}: expected {right.get(name)}, found {found.get(name)}")
        wrong += bool(different)
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
