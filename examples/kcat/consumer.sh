#!/bin/sh
# Answers four questions with kcat and jq: examples/kcat/consumer.sh localhost:9092 expected.json
# Debian, Ubuntu: apt install kcat jq
set -eu
[ $# = 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }

# The events of a topic from its beginning to its end, one a line: {"id", "type", "time", "data"}.
events() {
  kcat -b "$1" -t "$2" -C -o beginning -e -q -J |
    jq -c '(.headers | [range(0; length; 2) as $i | {(.[$i]): .[$i + 1]}] | add) as $header
      | {id: $header.ce_id, type: $header.ce_type, time: $header.ce_time, data: (.payload | fromjson)}'
}

# A relay that dies sends its last events again (lesson 6): of each id one is kept.
for topic in order.events.v1 seller.events.v1 dispute.events.v1; do events "$1" $topic; done |
  jq -n --slurpfile expected "$2" '
    def per(f): map(f) | group_by(.) | map({(.[0]): length}) | add // {};
    def of($type): map(select(.type == $type));

    [inputs] | unique_by(.id)
    | {
        cancellationsPerHour: of("OrderCancelled") | per(.time[:13] + ":00:00Z"),
        requestsByReason: of("CancellationRequested") | per(.data.reason),
        timeoutsPerSeller: of("SellerTimedOut") | per(.data.sellerId),
        disputesPerDay: of("DisputeOpened") | per(.time[:10])
      }
    | to_entries
    | map(.key as $question | .value as $found | $expected[0][$question] as $right
        | {$question, different: [($right + $found | keys[]) as $name
            | select($right[$name] != $found[$name])
            | "      /\($name): expected \($right[$name]), found \($found[$name])"]})' |
  jq -r '.[] | (if .different == [] then "ok  " else "NOT " end) + .question, .different[:5][]' |
  {
    # The exit code of a pipe is that of its last part.
    right=true
    while IFS= read -r line; do
      printf '%s\n' "$line"
      case $line in "NOT "*) right=false ;; esac
    done
    $right
  }
