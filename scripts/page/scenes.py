"""What a weir may say: figures as docs/api.md has them."""

import time


def consumer(name, status="active", pending=0, idle=0.4, inactive=None, longest=None):
    return {
        "consumer": name,
        "status": status,
        "pending": pending,
        "idle_seconds": idle,
        "inactive_seconds": inactive,
        "max_pending_idle_seconds": longest,
    }


def group(name, status="ok", entries=0, state="exact", seconds=0, pending=0, consumers=(), **others):
    lag = {
        "entries": entries,
        "state": state,
        "uncertainty": {"exact": 0, "estimated": 12, "unknown": None}[state],
        "reported": entries,
        "seconds": seconds,
    }
    now = time.time()
    history = {
        "times": [now - 5 * (12 - i) for i in range(12)],
        "lag": [None if entries is None else max(0, entries - 7 * (11 - i)) for i in range(12)],
    }
    figures = {
        "group": name,
        "status": status,
        "lag": lag,
        "pending": {
            "entries": pending,
            "max_idle_seconds": 0.6 if pending else None,
            "oldest_age_seconds": 30.5 if pending else None,
            "max_deliveries": 1 if pending else None,
            "poison": 0,
            "dangling": 0,
            "coverage_ratio": 1,
        },
        "delivered_per_second": 14.3,
        "acknowledged_per_second": 14.1,
        "hold_seconds_p50": None,
        "hold_seconds_p99": None,
        "entries_delivered": 91250,
        "entries_acknowledged": 91210,
        "entries_lost": 0,
        "entries_skipped": 0,
        "draining": None,
        "drain_seconds": None,
        "trim_margin_entries": 400,
        "trim_margin_seconds": None,
        "error": None,
        "consumers": list(consumers),
        "consumers_not_shown": 0,
        "history": history,
    }
    figures["pending"] |= others.pop("of_pending", {})
    return figures | others


def stream(name, groups=(), **others):
    return {
        "stream": name,
        "db": "db0",
        "node": "10.0.0.1:6379",
        "length": 5564,
        "entries_added": 1203311,
        "last_entry_age_seconds": 0.1,
        "memory_bytes": 402113,
        "produced_per_second": 14.6,
        "error": None,
        "sample_age_seconds": 0.001,
        "counters_age_seconds": None,
        "members": None,
        "groups": list(groups),
        "vanished_groups": [],
    } | others


def node(name="10.0.0.1:6379", **others):
    return {
        "node": name,
        "up": True,
        "error": None,
        "kind": "redis",
        "version": "7.4.2",
        "role": "master",
        "slots": None,
        "streams": 3,
        "memory": {"used_bytes": 412 << 20, "max_bytes": 1 << 30, "runway_seconds": None},
        "persistence": {
            "changes_since_save": 48210,
            "last_save_time": time.time() - 754,
            "last_save_ok": True,
            "aof_enabled": False,
            "aof_ok": None,
        },
    } | others


def target(name, streams=(), nodes=None, **others):
    return {
        "name": name,
        "up": True,
        "error": None,
        "interval_seconds": 1,
        "last_poll": time.time(),
        "nodes": nodes or [node()],
        "streams": list(streams),
        "events": [],
        "streams_not_sampled": 0,
        "names_not_sampled": [],
    } | others


def alert(
    rule, severity="warning", state="firing", target="shop", stream=None, group=None, node=None, past=190, **others
):
    about = {
        "alertname": rule,
        "severity": severity,
        "state": state,
        "target": target,
        "node": node,
        "stream": stream,
        "group": group,
        "labels": {},
        "fingerprint": "cbf29ce484222325",
        "since": time.time() - past,
        "last_seen": time.time(),
        "ended_at": None,
        "ended_because": None,
        "inhibited_by": None,
        "silenced": False,
        "told": {},
        "actions": [],
    }
    notes = {
        "summary": f"{rule}: {group} of {stream} at {target}",
        "description": f"Group {group} of stream {stream} is not well. It has been so since 2026-11-21 22:30:22 UTC. What that means.",
        "runbook_url": f"https://weir.example/{rule}.md",
    }
    return about | {"annotations": notes | others.pop("annotations", {})} | others


def scene(targets, alerts=(), actions=None, silences=()):
    return {
        "snapshot": {"schema": 1, "time": time.time(), "weir": "0.1.0", "targets": list(targets)},
        "alerts": {"schema": 1, "time": time.time(), "alerts": list(alerts), "silences": list(silences)},
        "actions": {
            "schema": 1,
            "time": time.time(),
            "mode": "off",
            "paused": False,
            "paused_reason": None,
            "paused_since": None,
            "policies": [],
            "waiting": [],
            "actions": [],
        }
        | (actions or {}),
    }


def nothing_wrong():
    return scene(
        [
            target(
                "shop",
                [
                    stream(
                        "orders",
                        [
                            group(
                                "shippers",
                                pending=3,
                                consumers=[consumer("s-1", pending=2), consumer("s-2", pending=1)],
                            ),
                            group("billing", entries=12, seconds=0.8, consumers=[consumer("b-1")]),
                        ],
                    ),
                    stream("payments", [group("ledger", consumers=[consumer("l-1", "idle", idle=4000)])]),
                    stream("audit"),
                ],
            )
        ]
    )


def trouble():
    now = time.time()
    orders = stream(
        "orders",
        [
            group(
                "shippers",
                pending=42,
                of_pending={"max_idle_seconds": 1834.2, "max_deliveries": 3, "oldest_age_seconds": 1900},
                consumers=[consumer("w-1", pending=2), consumer("w-3", "stale", 40, idle=1834.2, longest=1834.2)],
            ),
            group(
                "billing",
                "lagging",
                4601,
                seconds=316.5,
                pending=10,
                delivered_per_second=2.5,
                draining=False,
                trim_margin_entries=963,
                consumers=[consumer("b-1", pending=10)],
            ),
        ],
        vanished_groups=[
            {"group": "reports", "since": now - 840, "restore": "XGROUP CREATE orders reports 1700000000000-7"}
        ],
    )
    clicks = stream(
        "clicks",
        [
            group(
                "analytics",
                "losing",
                500,
                seconds=4.9,
                entries_lost=18760,
                draining=False,
                trim_margin_entries=0,
                trim_margin_seconds=0,
                delivered_per_second=50,
                consumers=[consumer("analyst-1")],
            ),
            group(
                "archive",
                "stopped",
                88210,
                "estimated",
                7412,
                consumers=[consumer("a-1", "idle", idle=7500)],
                draining=False,
            ),
            group(
                "audit",
                "unknown",
                None,
                "unknown",
                None,
                pending=None,
                delivered_per_second=None,
                acknowledged_per_second=None,
                of_pending={"max_idle_seconds": None, "coverage_ratio": None},
            ),
        ],
        produced_per_second=100.02,
    )
    emails = stream(
        "emails",
        error="this user may not run XINFO on it",
        length=None,
        sample_age_seconds=None,
        produced_per_second=None,
        memory_bytes=None,
        last_entry_age_seconds=None,
        entries_added=None,
    )
    shop = target(
        "shop",
        [orders, clicks, emails],
        events=[
            {
                "time": now - 9000,
                "event": "recreated",
                "stream": "tmp",
                "group": None,
                "entries": None,
                "at_least": False,
                "restore": None,
            },
            {
                "time": now - 840,
                "event": "vanished",
                "stream": "orders",
                "group": "reports",
                "entries": None,
                "at_least": False,
                "restore": "XGROUP CREATE orders reports 1700000000000-7",
            },
            {
                "time": now - 600,
                "event": "rewound",
                "stream": "orders",
                "group": "billing",
                "entries": 1200,
                "at_least": True,
                "restore": "XGROUP SETID orders billing 1700000000000-9",
            },
        ],
    )
    cellar = target(
        "cellar",
        [],
        [
            node(
                "10.0.0.9:6379",
                up=False,
                error="connection refused",
                kind=None,
                version=None,
                role=None,
                streams=0,
                memory={"used_bytes": None, "max_bytes": None, "runway_seconds": None},
            )
        ],
        up=False,
        error="10.0.0.9:6379: connection refused",
        last_poll=now - 95,
        is_late=True,
    )
    alerts = [
        alert(
            "RedisDown",
            "critical",
            "pending",
            "cellar",
            node="10.0.0.9:6379",
            past=12,
            annotations={
                "description": "10.0.0.9:6379 cannot be sampled: connection refused. It has been so since 2026-11-21 22:30:22 UTC. Nothing is known of its streams.",
                "command": "PING",
            },
        ),
        alert(
            "EntriesLost",
            "critical",
            stream="clicks",
            group="analytics",
            annotations={
                "command": "XINFO GROUPS clicks",
                "description": "Group analytics of stream clicks has lost 18760 entries, removed from the stream before they were given to the group or acknowledged by it. The stream holds 500 entries, the oldest 5 s old. It has been so since 2026-11-21 22:30:22 UTC. Trimming or deletion has removed entries before the group was given them: they will never be processed.",
            },
        ),
        alert(
            "GroupStopped",
            "critical",
            stream="clicks",
            group="archive",
            past=7300,
            annotations={
                "command": "XINFO CONSUMERS clicks archive",
                "description": "Group archive of stream clicks has 88210 entries waiting (estimated), and no consumer has been seen for 2 h. It has been so since 2026-11-21 20:30:22 UTC. Start its consumers.",
            },
        ),
        alert("LagHigh", "warning", stream="clicks", group="archive", inhibited_by="GroupStopped"),
        alert("ConsumerStale", stream="clicks", group="archive", inhibited_by="GroupStopped"),
        alert(
            "ConsumerStale",
            stream="orders",
            group="shippers",
            annotations={
                "command": "XPENDING orders shippers - + 10 w-3",
                "consumers": "w-3 (40 pending)",
                "remediation": "dry-run: requeue by policy rescue would move 40 entries (action 1795300248834-0-q0ijr9)",
                "description": "1 of the 2 consumers of group shippers of stream orders holds 40 pending entries, idle for up to 30 min, and has not been seen for 30 min. It has been so since 2026-11-21 22:30:28 UTC. These consumers are dead as far as can be seen: their entries stay pending until somebody claims them.",
            },
            told={"chat": "2026-11-21T22:30:28Z"},
        ),
        alert(
            "LagHigh",
            "warning",
            stream="orders",
            group="billing",
            silenced=True,
            annotations={"command": "XINFO GROUPS orders"},
        ),
        alert(
            "GroupLagging",
            "warning",
            "pending",
            stream="orders",
            group="billing",
            annotations={"command": "XINFO GROUPS orders"},
        ),
        alert("TrimRisk", "warning", "resolved", stream="orders", group="shippers", ended_at=now - 30),
    ]
    action = {
        "policy": "rescue",
        "action": "requeue",
        "mode": "dry-run",
        "target": "shop",
        "stream": "orders",
        "shown_as": None,
        "group": "shippers",
        "to": None,
        "count": 40,
        "entries": [],
        "left": [],
        "forgotten": [],
        "purged": [],
        "alerts": [],
    }
    actions = {
        "mode": "dry-run",
        "policies": [
            {
                "name": "rescue",
                "mode": "dry-run",
                "action": "requeue",
                "target": "*",
                "stream": "orders",
                "group": "*",
                "min_idle_seconds": 900,
                "to": None,
                "to_stream": None,
                "after_deliveries": None,
                "rereads_own_pel": None,
                "per_cycle": None,
                "per_hour": None,
                "notify": [],
            }
        ],
        "waiting": [
            {
                "target": "shop",
                "policy": "rescue",
                "action": "requeue",
                "stream": "orders",
                "group": "shippers",
                "reason": "cooldown",
                "since": now - 60,
                "until": now + 30,
            }
        ],
        "actions": [
            action
            | {
                "id": "1795300248834-0-q0ijr9",
                "time": now - 40,
                "result": "dry_run",
                "reason": None,
                "text": "requeue by policy rescue would move 40 entries of group shippers of stream orders, idle for 30 min or more",
            },
            action
            | {
                "id": "1795300248834-1-q0ijr9",
                "time": now - 90,
                "result": "refused",
                "reason": "storm",
                "text": "4 of 6 groups are in trouble at once",
            },
        ],
    }
    silences = [
        {
            "match": "alertname=LagHigh,stream=orders",
            "starts_at": now - 600,
            "ends_at": now + 3600,
            "comment": "deployment",
        }
    ]
    return scene([cellar, shop], alerts, actions, silences)


def many(count, is_terrible=False):
    statuses = ["ok"] * 36 + ["lagging", "stalled", "unknown", "losing"]
    return scene(
        [
            target(
                "shop",
                [
                    stream(
                        f"stream-{i // 4:05}",
                        [
                            group(
                                f"group-{j}",
                                statuses[j % 40],
                                (j * 37) % 9000,
                                seconds=j % 500,
                                pending=j % 50,
                                consumers=[consumer(f"worker-{j}-{k}", pending=k) for k in range(3)],
                            )
                            for j in range(i, min(count, i + 4))
                        ],
                    )
                    for i in range(0, count, 4)
                ],
                interval_seconds=1 if count <= 2_000 else 30,
            )
        ],
        # In the worst hour there is one for each.
        [
            alert(
                "LagHigh",
                stream=f"stream-{i // 4:05}",
                group=f"group-{i}",
                annotations={"command": f"XINFO GROUPS stream-{i // 4:05}"},
            )
            for i in range(count)
            if is_terrible
        ],
    )


HOSTILE = [
    "<script>document.title='taken'</script>",
    '"><img src=x onerror="document.title=\'taken\'">',
    'it\'s "quoted" & <b>bold</b>',
    "abc\u202egnp.exe",
    "rtl \u2067isolate\u2069 \u05d0\u05d1\u05d2 123",
    "zero\u200bwidth",
    "two\nlines\tand a tab",
    "n" * 1000,
    "👨\u200d👩\u200d👧 family",
    "__proto__",
    "constructor",
    "$(touch /tmp/taken) `id` $HOME !!",
    "-h",
    " spaces  within ",
    "\\xff\\x00bytes",
    "back\\slash",
    "'; rm -rf '",
    "toString",
    "",
    "a=b&status=ok#q",
    "Z͑̈̃a͗l͒g͆o͛",
]


def long_names():
    stream_name, group_name, consumer_name = (c * 3_000 for c in "sgc")
    place = f"{group_name} of stream {stream_name}"
    about = {"stream": stream_name, "group": group_name}
    groups = [
        group(group_name, "stopped", 12, pending=3, consumers=[consumer(consumer_name, "stale", 3, longest=700)])
    ]
    alerts = [
        alert("EntriesLost", **about, annotations={"description": f"Group {place} has lost 12 entries."}),
        alert("GroupStopped", **about, annotations={"description": f"Of {place} nobody comes for it."}),
        alert("ConsumerStale", **about, annotations={"description": f"{consumer_name} (3 pending) of {place} is dead."}),
    ]
    made = scene([target("shop", [stream(stream_name, groups)])], alerts)
    made["actions"] = trouble()["actions"]
    made["actions"]["actions"] = [
        made["actions"]["actions"][0] | about | {"target": "shop", "shown_as": None, "text": f"{place} was claimed."}
    ]
    return made


def hostile():
    streams = [
        stream(
            name,
            [
                group(
                    HOSTILE[-1 - i],
                    "lagging" if i % 3 == 0 else "ok",
                    i * 1000,
                    seconds=i,
                    consumers=[consumer(name, "stale" if i % 4 == 0 else "active", 3, longest=700)],
                )
            ],
        )
        for i, name in enumerate(HOSTILE)
    ]
    alerts = [
        alert(
            "LagHigh",
            target="__proto__",
            stream=name,
            group=HOSTILE[-1 - i],
            annotations={"runbook_url": "javascript:document.title='taken'"},
        )
        for i, name in enumerate(HOSTILE)
        if i % 2 == 0
    ]
    return scene([target("__proto__", streams, error=HOSTILE[0])], alerts)
