"""The consumers of one stream."""

from grafana_foundation_sdk.models import dashboard

from .graphs import colored, graph
from .looks import ANY_IS_ODD, COUNT, HELD, SECONDS
from .panel import Face, Query
from .promql import GROUP, ONE_STREAM, most
from .statuses import CONSUMER_STATUSES
from .tables import Label, Value, table

_EACH = ("target", "group", "consumer")
_LEGEND = "{{target}} / {{group}} / {{consumer}}"


def _of_each(family: str) -> str:
    return most(_EACH, ONE_STREAM.group(f"redis_stream_group_consumer_{family}"))


def _all() -> dashboard.Panel:
    face = Face(
        "Consumers",
        "Those that have series: the ones that hold entries or are in trouble come first (poll.consumer_series)."
        " Idle: since the last attempt to read. Inactive: since the last entry; not known before Redis 7.2.",
        COUNT,
        24,
        9,
    )
    return table(
        face,
        [Label("target", "Target"), Label("group", "Group"), Label("consumer", "Consumer")],
        [
            Value("Pending", _of_each("messages_pending"), COUNT),
            Value("Longest pending", _of_each("pending_max_idle_seconds"), SECONDS, HELD),
            Value("Idle", _of_each("idle_seconds"), SECONDS),
            Value("Inactive", _of_each("inactive_seconds"), SECONDS),
        ],
        sort_by="Longest pending",
    )


def _by_status() -> dashboard.Panel:
    face = Face(
        "Consumers by status",
        "Stale: holds entries for long and has not been seen since, so it is dead. Stuck: is there, and has forgotten"
        " entries. A reader that blocks on a quiet stream is idle.",
        COUNT,
        12,
        overrides=colored(*((status.name, status.color) for status in CONSUMER_STATUSES)),
    )
    each = most((*GROUP, "status"), ONE_STREAM.group("redis_stream_group_consumers_by_status"))
    return graph(
        face, Query(f"sum by (target, group, status) ({each})", "{{target}} / {{group}} {{status}}"), stacked=True
    )


def _pending() -> dashboard.Panel:
    face = Face("Held by each consumer", "Entries that it was given and has not acknowledged.", COUNT, 12)
    return graph(face, Query(_of_each("messages_pending"), _LEGEND))


def _longest() -> dashboard.Panel:
    face = Face(
        "Longest held by each consumer",
        "Time since the last delivery of the entry that it has held for longest.",
        SECONDS,
        12,
        thresholds=HELD,
    )
    return graph(face, Query(_of_each("pending_max_idle_seconds"), _LEGEND))


def _not_shown() -> dashboard.Panel:
    face = Face(
        "Consumers without series",
        "Beyond poll.consumer_series, or abandoned: they are counted here, and are not in the other panels about"
        " consumers.",
        COUNT,
        12,
        thresholds=ANY_IS_ODD,
    )
    expr = most(("target", "group"), ONE_STREAM.group("redis_stream_group_consumers_not_shown"))
    return graph(face, Query(expr, ONE_STREAM.group_legend))


def panels() -> list[dashboard.Panel]:
    return [_all(), _by_status(), _pending(), _longest(), _not_shown()]
