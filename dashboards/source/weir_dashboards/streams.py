"""Panels about streams over time, for a dashboard of many streams and for that of one."""

from grafana_foundation_sdk.models import dashboard

from .graphs import graph
from .links import STREAM_OF_SERIES
from .looks import BYTES, COUNT, PER_SECOND, PLAIN, SECONDS
from .panel import Face, Query
from .promql import STREAM, Streams, most, rate


def _face(streams: Streams, title: str, description: str, unit: str) -> Face:
    if streams.limit is None:
        return Face(title, description, unit, 12, thresholds=PLAIN)
    description = f"{description} The {streams.limit} largest of each moment."
    return Face(title, description, unit, 12, thresholds=PLAIN, links=(STREAM_OF_SERIES,))


def added(streams: Streams) -> dashboard.Panel:
    face = _face(streams, "Added", "Entries added to the stream per second. Not known before Redis 7.0.", PER_SECOND)
    expr = most(STREAM, rate(streams.stream("redis_stream_entries_added_total")))
    return graph(face, Query(streams.largest(expr), streams.stream_legend))


def length(streams: Streams) -> dashboard.Panel:
    face = _face(streams, "Length", "Entries that the stream holds.", COUNT)
    expr = most(STREAM, streams.stream("redis_stream_length"))
    return graph(face, Query(streams.largest(expr), streams.stream_legend))


def last_entry(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Time since the last entry",
        "By its ID and the server's clock: a producer that has stopped shows here. No line: the stream is empty, or"
        " its IDs are not a clock's.",
        SECONDS,
    )
    expr = most(STREAM, streams.stream("redis_stream_last_entry_age_seconds"))
    return graph(face, Query(streams.largest(expr), streams.stream_legend))


def first_entry(streams: Streams) -> dashboard.Panel:
    face = _face(
        streams,
        "Age of the first entry",
        "How far back the stream reaches, by the first ID and the server's clock: what is older has been trimmed.",
        SECONDS,
    )
    expr = most(STREAM, streams.stream("redis_stream_first_entry_age_seconds"))
    return graph(face, Query(streams.largest(expr), streams.stream_legend))


def memory(streams: Streams) -> dashboard.Panel:
    face = _face(streams, "Memory of the stream", "By MEMORY USAGE, when the stream's turn last came.", BYTES)
    expr = most(STREAM, streams.stream("redis_stream_memory_bytes"))
    return graph(face, Query(streams.largest(expr), streams.stream_legend))
