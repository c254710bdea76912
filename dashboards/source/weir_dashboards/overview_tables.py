"""The tables of the overview: all groups, what cannot be seen, and consumers in trouble."""

from grafana_foundation_sdk.models import dashboard

from .links import GROUP_OF_ROW, STREAM_OF_ROW
from .looks import ANY_IS_BAD, ANY_IS_ODD, COUNT, DELIVERIES, HELD, LAG, MARGIN, SECONDS, STATE
from .panel import Face
from .promql import GROUP, MANY_STREAMS, increase, least, most, of_target
from .statuses import GROUP_STATUSES, group_status, mapping
from .tables import Label, Value, table

_TARGET = Label("target", "Target")
_STREAM = Label("stream", "Stream", "Look at the stream", GROUP_OF_ROW)
_GROUP = Label("group", "Group", "Look at the stream", GROUP_OF_ROW)


def groups() -> dashboard.Panel:
    def worst(family: str) -> str:
        return most(GROUP, MANY_STREAMS.group(f"redis_stream_group_{family}"))

    lost = most(GROUP, increase(MANY_STREAMS.group("redis_stream_group_entries_lost_total"), "1h"))
    margin = least(GROUP, MANY_STREAMS.group("redis_stream_group_trim_margin_seconds"))
    face = Face(
        "All groups",
        "As of the last sample, the latest first. Give or take: how far the number of waiting entries may be off, 0"
        " where it is exact. An empty cell: not known, or there is none.",
        COUNT,
        24,
        14,
    )
    return table(
        face,
        [_TARGET, _STREAM, _GROUP],
        [
            Value("Status", group_status(MANY_STREAMS), STATE, mapping=mapping(GROUP_STATUSES)),
            Value("Lag", worst("lag_seconds"), SECONDS, LAG),
            Value("Waiting", worst("lag"), COUNT),
            Value("Give or take", worst("lag_uncertainty_entries"), COUNT),
            Value("Caught up in", worst("drain_seconds"), SECONDS),
            Value("Pending", worst("messages_pending"), COUNT),
            Value("Longest pending", worst("pending_max_idle_seconds"), SECONDS, HELD),
            Value("Most deliveries", worst("pending_max_deliveries"), COUNT, DELIVERIES),
            Value("Poisoned", worst("pending_poison"), COUNT, ANY_IS_BAD),
            Value("Lost in 1 h", f"round({lost})", COUNT, ANY_IS_BAD),
            Value("Trimmed in", margin, SECONDS, MARGIN),
            Value("Consumers", worst("consumers"), COUNT),
        ],
        sort_by="Lag",
    )


def unseen() -> dashboard.Panel:
    lag = MANY_STREAMS.group("redis_stream_group_lag")
    consumers = MANY_STREAMS.group("redis_stream_group_consumers")
    seconds = MANY_STREAMS.group("redis_stream_group_lag_seconds")
    troubles = {
        "server down": f"{of_target('redis_up')} == 0",
        "stream cannot be sampled": f"{MANY_STREAMS.stream('redis_stream_sample_success')} == 0",
        "streams beyond max_streams": f"{of_target('weir_streams_not_sampled')} > 0",
        "lag unknown": f"{consumers} unless {lag}",
        "lag in seconds unknown": f"{lag} > 0 unless {seconds}",
        "lag not exact": f"{MANY_STREAMS.group('redis_stream_group_lag_uncertainty_entries')} > 0",
    }
    named = " or ".join(f'label_replace({expr}, "problem", "{problem}", "", "")' for problem, expr in troubles.items())
    face = Face(
        "What cannot be seen",
        "What weir cannot say, or not exactly, and where: a healthy look of all else says nothing about these."
        " Figure: streams that are left out, entries that wait, or by how many entries the lag may be off.",
        COUNT,
        12,
        no_value="nothing",
    )
    return table(
        face,
        [
            Label("problem", "Problem"),
            _TARGET,
            Label("node", "Server"),
            Label("stream", "Stream", "Look at the stream", STREAM_OF_ROW),
            Label("group", "Group"),
        ],
        [Value("Figure", most(("problem", "target", "node", "stream", "group"), named), COUNT)],
        sort_by="Problem",
        descending=False,
    )


def consumers() -> dashboard.Panel:
    face = Face(
        "Consumers in trouble",
        "Stale: holds entries for long and has not been seen since, so it is dead. Stuck: is there, and has forgotten"
        " entries that it holds.",
        COUNT,
        12,
        no_value="none",
    )
    selector = MANY_STREAMS.group("redis_stream_group_consumers_by_status", 'status=~"stale|stuck"')
    return table(
        face,
        [_TARGET, _STREAM, _GROUP, Label("status", "Status")],
        [Value("Consumers", most((*GROUP, "status"), selector), COUNT, ANY_IS_ODD)],
        sort_by="Consumers",
    )
