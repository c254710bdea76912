"""One stream: its groups, its pending entries, what was lost, and its consumers."""

from grafana_foundation_sdk.models import dashboard

from . import groups, promql, stream_consumers, stream_now, streams
from .graphs import graph
from .links import STREAM
from .looks import COUNT, SECONDS
from .panel import Face, Query
from .promql import GROUP, ONE_STREAM, least, most
from .sheet import Row, sheet
from .variables import About


def _hold_times() -> dashboard.Panel:
    face = Face(
        "Hold times",
        "From the delivery of an entry to its acknowledgement, of entries that were lately acknowledged: half of them"
        " within p50, all but a hundredth within p99. A gap: too few were seen pending.",
        SECONDS,
        12,
    )
    return graph(
        face,
        *(
            Query(
                most(GROUP, ONE_STREAM.group("redis_stream_group_hold_seconds", f'quantile="{quantile}"')),
                f"{ONE_STREAM.group_legend}, {name}",
            )
            for quantile, name in (("0.5", "p50"), ("0.99", "p99"))
        ),
    )


def _margin_entries() -> dashboard.Panel:
    face = Face(
        "Trim margin",
        "How many entries may still be trimmed before one goes that the group was not given or has not acknowledged."
        " A gap: not known.",
        COUNT,
        12,
    )
    expr = least(GROUP, ONE_STREAM.group("redis_stream_group_trim_margin_entries"))
    return graph(face, Query(expr, ONE_STREAM.group_legend))


def _radix_tree() -> dashboard.Panel:
    face = Face(
        "Radix tree",
        "How Redis keeps the stream: few entries in each key of the tree take more memory (stream-node-max-entries).",
        COUNT,
        12,
    )
    return graph(
        face,
        *(
            Query(most(promql.STREAM, ONE_STREAM.stream(f"redis_stream_radix_tree_{part}")), f"{{{{target}}}} {part}")
            for part in ("keys", "nodes")
        ),
    )


def stream() -> dashboard.Dashboard:
    one = ONE_STREAM
    return sheet(
        STREAM,
        "One stream as weir sees it: its groups and consumers, what is pending, what was lost, and how near trimming"
        " is to what nobody has read.",
        About.ONE_STREAM,
        [
            Row("Now", stream_now.panels()),
            Row("Groups", [groups.status(one), groups.lag_seconds(one), groups.lag_entries(one)]),
            Row("Flow", [streams.added(one), groups.drain(one), groups.delivered(one), groups.acknowledged(one)]),
            Row(
                "Pending entries",
                [
                    groups.pending(one),
                    groups.held(one),
                    groups.deliveries(one),
                    groups.ill(one),
                    _hold_times(),
                    groups.coverage(one),
                ],
            ),
            Row(
                "Losses and trimming",
                [groups.lost(one), groups.margin_seconds(one), streams.length(one), _margin_entries()],
            ),
            Row("Consumers", stream_consumers.panels()),
            Row(
                "The stream itself",
                [streams.last_entry(one), streams.first_entry(one), streams.memory(one), _radix_tree()],
            ),
            Row("IDs", [stream_now.stream_ids(), stream_now.group_ids()]),
        ],
    )
