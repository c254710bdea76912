"""Panels about groups over time, for a dashboard of many streams and for that of one."""

from dataclasses import replace

from grafana_foundation_sdk.models import dashboard

from .graphs import dashed, graph, timeline
from .links import GROUP_OF_SERIES
from .looks import COUNT, COVERAGE, DELIVERIES, HELD, LAG, PER_SECOND, PLAIN, SECONDS, SHARE, STATE
from .panel import Face, Query
from .promql import GROUP, Streams, increase, least, most, rate
from .statuses import GROUP_STATUSES, group_status, groups_that_were_unwell, mapping


def _face(
    streams: Streams,
    title: str,
    description: str,
    unit: str,
    thresholds: dashboard.ThresholdsConfig = PLAIN,
    worst: str = "largest",
) -> Face:
    if streams.limit is None:
        return Face(title, description, unit, 12, thresholds=thresholds)
    description = f"{description} The {streams.limit} {worst} of each moment."
    return Face(title, description, unit, 12, thresholds=thresholds, links=(GROUP_OF_SERIES,))


def status(streams: Streams) -> dashboard.Panel:
    expr = group_status(streams)
    description = "The status of each group: what it means, and what to do, is in docs/signals.md and the runbooks."
    if streams.limit is not None:
        expr = f"{expr} and on (target, stream, group) {groups_that_were_unwell(streams)}"
        description += " Only groups that were not ok at some time of what is shown; no data: there was none."
    face = Face("Status of groups", description, STATE, 24, 10, mappings=(mapping(GROUP_STATUSES),))
    if streams.limit is not None:
        face = replace(face, links=(GROUP_OF_SERIES,))
    return timeline(face, Query(expr, streams.group_legend))


def lag_seconds(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Lag in seconds",
        "How long the first entry that the group was not given yet has waited. 0: all were given. A gap: not known.",
        SECONDS,
        LAG,
    )
    lag = most(GROUP, streams.group("redis_stream_group_lag_seconds"))
    return graph(face, Query(streams.largest(lag), streams.group_legend))


def lag_entries(streams: Streams) -> dashboard.Panel:
    """With the bounds of what is not exact, where there is room for them."""
    lag = streams.group("redis_stream_group_lag")
    uncertainty = streams.group("redis_stream_group_lag_uncertainty_entries")
    face = _face(
        streams,
        "Lag in entries",
        "Entries that the group was not given yet, as weir derives it. A gap: not known. A lag that falls because"
        " entries were trimmed away is no recovery: look at what was lost.",
        COUNT,
    )
    queries = [Query(streams.largest(most(GROUP, lag)), streams.group_legend)]
    if streams.limit is not None:
        return graph(face, *queries)
    description = f"{face.description} Dashed: between what it lies where it is estimated, and the server's own lag" + (
        " where that is another."
    )
    queries += [
        Query(most(GROUP, f"{lag} + ({uncertainty} > 0)"), f"{streams.group_legend}, at most"),
        Query(least(GROUP, f"clamp_min({lag} - ({uncertainty} > 0), 0)"), f"{streams.group_legend}, at least"),
        Query(most(GROUP, streams.group("redis_stream_group_lag_reported")), f"{streams.group_legend}, by the server"),
    ]
    return graph(replace(face, description=description, overrides=dashed("B", "C", "D")), *queries)


def drain(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Time until caught up",
        "At the present rates. A gap: the group is not draining, nothing waits, or it is not known.",
        SECONDS,
    )
    seconds = most(GROUP, streams.group("redis_stream_group_drain_seconds"))
    return graph(face, Query(streams.largest(seconds), streams.group_legend))


def delivered(streams: Streams) -> dashboard.Panel:
    face = _face(streams, "Delivered", "Entries given to consumers for the first time, per second.", PER_SECOND)
    expr = most(GROUP, rate(streams.group("redis_stream_group_entries_delivered_total")))
    return graph(face, Query(streams.largest(expr), streams.group_legend))


def acknowledged(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams, "Acknowledged", "Entries acknowledged, or read without the need to be, per second.", PER_SECOND
    )
    expr = most(GROUP, rate(streams.group("redis_stream_group_entries_acknowledged_total")))
    return graph(face, Query(streams.largest(expr), streams.group_legend))


def pending(streams: Streams) -> dashboard.Panel:
    face = _face(streams, "Pending entries", "Entries that were delivered and not acknowledged.", COUNT)
    expr = most(GROUP, streams.group("redis_stream_group_messages_pending"))
    return graph(face, Query(streams.largest(expr), streams.group_legend))


def held(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Longest pending",
        "Time since the last delivery of the entry that has been left for longest; and, by weir's own clock, which"
        " claims do not reset, how long one of the lowest IDs has been pending at least.",
        SECONDS,
        HELD,
    )
    idle = most(GROUP, streams.group("redis_stream_group_pending_max_idle_seconds"))
    age = most(GROUP, streams.group("redis_stream_group_pending_oldest_age_seconds"))
    return graph(
        face,
        Query(streams.largest(idle), f"{streams.group_legend}, since delivery"),
        Query(streams.largest(age), f"{streams.group_legend}, in all"),
    )


def deliveries(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Most deliveries of a pending entry",
        "An entry that is delivered again and again is one that nobody can process: poison.",
        COUNT,
        DELIVERIES,
    )
    expr = most(GROUP, streams.group("redis_stream_group_pending_max_deliveries"))
    return graph(face, Query(streams.largest(expr), streams.group_legend))


def ill(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Poisoned, dangling and given back",
        "Pending entries that were delivered too often; that the stream no longer holds; that were given back with"
        " XNACK. None is no line.",
        COUNT,
    )
    kinds = {"poison": "poisoned", "dangling": "dangling", "nacked": "given back"}
    queries = [
        Query(
            streams.largest(f"{most(GROUP, streams.group(f'redis_stream_group_pending_{family}'))} > 0"),
            f"{streams.group_legend}, {word}",
        )
        for family, word in kinds.items()
    ]
    return graph(face, *queries)


def coverage(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Pending entries looked at",
        "The share of the pending entries that the figures about them rest on. Below 100 % they are lower bounds.",
        SHARE,
        COVERAGE,
        "smallest",
    )
    expr = least(GROUP, streams.group("redis_stream_group_pending_sweep_coverage_ratio"))
    return graph(replace(face, at_most=1), Query(streams.smallest(expr), streams.group_legend))


def lost(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Lost and skipped",
        "Entries that were removed before the group was given them, and those that its place was moved over without a"
        " read, in each step of the graph. None is no bar.",
        COUNT,
    )
    queries = [
        Query(
            streams.largest(f"{most(GROUP, increase(streams.group(f'redis_stream_group_entries_{word}_total')))} > 0"),
            f"{streams.group_legend}, {word}",
        )
        for word in ("lost", "skipped")
    ]
    return graph(face, *queries, lines=False, stacked=True)


def margin_seconds(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Time until trimming reaches unread entries",
        "Or entries that are not acknowledged, at the present rate of trimming. A gap: nothing is trimmed, or it is"
        " not known. Where trimming waits for acknowledgements (ACKED) a small margin is no danger.",
        SECONDS,
        worst="shortest",
    )
    expr = least(GROUP, streams.group("redis_stream_group_trim_margin_seconds"))
    return graph(face, Query(streams.smallest(expr), streams.group_legend))
