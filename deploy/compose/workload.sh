#!/bin/sh
# A living workload, with one of each kind of trouble, as `weir demo` has it:
#   orders    shippers keep up, billing is too slow;      payments  a consumer of ledger has crashed with work in hand;
#   emails    one entry makes its reader fail each time;  clicks    trimmed before analytics reads;
#   invoices  in perfect health, and quiet.
set -eu
host=${REDIS_HOST:-127.0.0.1}
port=${REDIS_PORT:-6379}

redis() { redis-cli -h "$host" -p "$port" --raw "$@"; }

# The IDs in a reply of XREADGROUP are the lines that look like IDs: no field or value here does.
ids() { grep -E '^[0-9]+-[0-9]+$' || true; }

read_new() { redis XREADGROUP GROUP "$2" "$3" COUNT "$4" STREAMS "$1" '>' | ids; }

# stream group consumer count pause: reads, and acknowledges what it has read.
consume() {
    while sleep "$5"; do
        got=$(read_new "$1" "$2" "$3" "$4")
        # Unquoted, for one argument each.
        [ -z "$got" ] || redis XACK "$1" "$2" $got >/dev/null
    done
}

produce() {
    while sleep 0.5; do
        for n in 1 2 3 4 5; do
            echo "XADD orders MAXLEN ~ 100000 * item $n"
            echo "XADD clicks MAXLEN 500 * page $n"
            echo "XADD clicks MAXLEN 500 * page $n"
            echo "XADD clicks MAXLEN 500 * page $n"
        done
        echo "XADD payments MAXLEN ~ 100000 * amount 5"
        echo "XADD emails MAXLEN ~ 100000 * to someone"
    done | redis >/dev/null
}

# Takes the first entry, and goes on failing at it.
fail() {
    id=$(read_new emails senders sender-1 1)
    while sleep 5; do
        redis XCLAIM emails senders sender-1 0 "$id" JUSTID RETRYCOUNT "$((attempts = ${attempts:-1} + 1))" >/dev/null
    done
}

for place in "orders shippers" "orders billing" "payments ledger" "emails senders" "clicks analytics" "invoices archive"; do
    # Unquoted: stream and group. It may be there from the last time.
    redis XGROUP CREATE $place 0 MKSTREAM >/dev/null 2>&1 || true
done
for n in 1 2 3; do
    redis XADD invoices '*' number "$n" >/dev/null
    redis XADD emails '*' to someone >/dev/null
done
for n in $(seq 40); do redis XADD payments '*' amount "$n" >/dev/null; done
read_new payments ledger ledger-crashed 40 >/dev/null
consume invoices archive archivist 10 5 &

produce &
fail &
consume orders shippers shipper-1 20 0.5 &
consume orders shippers shipper-2 20 0.7 &
consume orders billing biller-1 2 1 &
consume payments ledger ledger-1 20 0.5 &
consume emails senders sender-2 20 0.5 &
consume clicks analytics analyst-1 20 2 &
wait
