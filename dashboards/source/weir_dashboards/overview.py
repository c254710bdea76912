"""The overview: all targets, what is wrong now first."""

from grafana_foundation_sdk.models import dashboard

from . import groups, overview_now, overview_tables, streams
from .links import OVERVIEW
from .promql import MANY_STREAMS
from .sheet import Row, sheet
from .variables import About


def overview() -> dashboard.Dashboard:
    of_many = MANY_STREAMS
    return sheet(
        OVERVIEW,
        "Redis Streams as weir sees them, all targets: what is wrong now, how late each group is, what was lost and"
        " what is about to be.",
        About.MANY_STREAMS,
        [
            Row("What is wrong now", overview_now.panels()),
            Row("How late", [groups.status(of_many), groups.lag_seconds(of_many), groups.lag_entries(of_many)]),
            Row("All groups", [overview_tables.groups(), overview_tables.consumers(), overview_tables.unseen()]),
            Row("Lost, and about to be", [groups.lost(of_many), groups.margin_seconds(of_many)]),
            Row(
                "Flow",
                [
                    streams.added(of_many),
                    groups.delivered(of_many),
                    groups.acknowledged(of_many),
                    groups.drain(of_many),
                ],
            ),
            Row(
                "Pending entries",
                [groups.pending(of_many), groups.held(of_many), groups.deliveries(of_many), groups.ill(of_many)],
            ),
            Row("Streams", [streams.length(of_many), streams.last_entry(of_many)]),
        ],
    )
