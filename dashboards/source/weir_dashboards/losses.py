"""The panel of losses that the overview and the stream's dashboard share."""

from grafana_foundation_sdk.models import dashboard

from .looks import ANY_IS_BAD, COUNT
from .numbers import number
from .panel import Face, Query
from .promql import GROUP, Streams, increase, most


def losses(streams: Streams, width: int) -> dashboard.Panel:
    """What was lost and skipped in an hour, of the streams that are chosen."""

    def within_an_hour(word: str) -> str:
        return f"sum({most(GROUP, increase(streams.group(f'redis_stream_group_entries_{word}_total'), '1h'))})"

    face = Face(
        "Lost in the last hour",
        "Entries that were removed before a group was given them, and those that a group's place was moved over.",
        COUNT,
        width,
        5,
        ANY_IS_BAD,
        decimals=0,
        no_value="not known",
    )
    return number(face, *(Query(within_an_hour(word), word) for word in ("lost", "skipped")))
