"""The first row of the stream's dashboard, and its tables of IDs."""

from grafana_foundation_sdk.models import dashboard

from .looks import BYTES, COUNT, DATE, LAG, OLD_FIGURES, PER_SECOND, PLAIN, SECONDS, STATE, steps
from .losses import losses
from .numbers import number
from .panel import Face, Query, override
from .promql import GROUP, ONE_STREAM, STREAM, most, rate
from .statuses import FAILED_OK, mapping
from .tables import Label, Value, table


def _sampled() -> dashboard.Panel:
    face = Face(
        "Sampled",
        "Whether weir can read the stream, and how old its figures are. failed: all else on this page is old or"
        " absent, and weir's page says why.",
        STATE,
        4,
        5,
        steps("red", (1, "green")),
        (mapping(FAILED_OK),),
        overrides=(override("byFrameRefID", "B", unit=SECONDS, decimals=0, mappings=[], thresholds=OLD_FIGURES),),
        no_value="no such stream",
    )
    return number(
        face,
        Query(f"min({ONE_STREAM.stream('redis_stream_sample_success')})", "sampled"),
        Query(f"max({ONE_STREAM.stream('redis_stream_sample_age_seconds')})", "age"),
    )


def _size() -> dashboard.Panel:
    face = Face(
        "Size",
        "Entries that the stream holds, and the memory they take up by MEMORY USAGE.",
        COUNT,
        4,
        5,
        PLAIN,
        overrides=(override("byFrameRefID", "B", unit=BYTES),),
        no_value="not known",
    )
    return number(
        face,
        Query(f"sum({most(STREAM, ONE_STREAM.stream('redis_stream_length'))})", "entries"),
        Query(f"sum({most(STREAM, ONE_STREAM.stream('redis_stream_memory_bytes'))})", "memory"),
    )


def _arrivals() -> dashboard.Panel:
    face = Face(
        "Arrivals",
        "Entries added per second, and the time since the last one.",
        PER_SECOND,
        4,
        5,
        PLAIN,
        overrides=(override("byFrameRefID", "B", unit=SECONDS, decimals=1),),
        no_value="not known",
    )
    return number(
        face,
        Query(f"sum({most(STREAM, rate(ONE_STREAM.stream('redis_stream_entries_added_total')))})", "added"),
        Query(f"min({ONE_STREAM.stream('redis_stream_last_entry_age_seconds')})", "last"),
    )


def _lag() -> dashboard.Panel:
    face = Face(
        "Latest group",
        "How long the first undelivered entry has waited, and how many wait, for the group that is latest. Groups"
        " whose lag is not known are not in it.",
        SECONDS,
        4,
        5,
        LAG,
        overrides=(override("byFrameRefID", "B", unit=COUNT, thresholds=PLAIN),),
        no_value="not known",
    )
    return number(
        face,
        Query(f"max({ONE_STREAM.group('redis_stream_group_lag_seconds')})", "lag"),
        Query(f"max({ONE_STREAM.group('redis_stream_group_lag')})", "waiting"),
    )


def _members() -> dashboard.Panel:
    face = Face(
        "Groups and consumers",
        "Groups of the stream, whether chosen or not, and the consumers of those that are.",
        COUNT,
        4,
        5,
        PLAIN,
        no_value="not known",
    )
    return number(
        face,
        Query(f"sum({most(STREAM, ONE_STREAM.stream('redis_stream_groups'))})", "groups"),
        Query(f"sum({most(GROUP, ONE_STREAM.group('redis_stream_group_consumers'))})", "consumers"),
    )


def panels() -> list[dashboard.Panel]:
    return [_sampled(), _lag(), losses(ONE_STREAM, 4), _arrivals(), _size(), _members()]


def stream_ids() -> dashboard.Panel:
    """IDs are exported as their milliseconds, which are a date."""
    face = Face(
        "IDs of the stream",
        "The milliseconds of its IDs, as dates. Deleted: the highest ID that was deleted singly; empty where none was.",
        DATE,
        12,
        6,
    )
    columns = {
        "First entry": "redis_stream_first_entry_id",
        "Last generated": "redis_stream_last_generated_id",
        "Deleted": "redis_stream_max_deleted_entry_id",
    }
    return table(
        face,
        [Label("target", "Target")],
        [
            Value(title, f"{most(('target',), ONE_STREAM.stream(family))} > 0", DATE)
            for title, family in columns.items()
        ],
        sort_by="Target",
        descending=False,
    )


def group_ids() -> dashboard.Panel:
    face = Face(
        "Places of the groups",
        "The last ID that the group was given, as a date, and how many entries the server says it has read: empty"
        " where the server has lost count, or the group was given nothing yet.",
        DATE,
        12,
        6,
    )
    group = ("target", "group")
    last = most(group, ONE_STREAM.group("redis_stream_group_last_delivered_id"))
    read = most(group, ONE_STREAM.group("redis_stream_group_entries_read"))
    return table(
        face,
        [Label("target", "Target"), Label("group", "Group")],
        [Value("Last delivered", f"{last} > 0", DATE), Value("Read", read, COUNT)],
        sort_by="Group",
        descending=False,
    )
