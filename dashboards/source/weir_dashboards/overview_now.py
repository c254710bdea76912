"""The first row of the overview: what somebody on call needs in five seconds."""

from grafana_foundation_sdk.models import dashboard

from .links import GROUP_OF_ROW, GROUP_OF_SERIES, RUNBOOK
from .looks import ANY_IS_BAD, ANY_IS_ODD, COUNT, HELD, LAG, MEMORY_SHARE, RUNWAY, SECONDS, SHARE, STATE, steps
from .losses import losses
from .numbers import bars, number
from .panel import Face, Query, override
from .promql import GROUP, MANY_STREAMS, NODE, increase, least, most, number_of, of_target, of_weir
from .statuses import GROUP_STATUSES, SEVERITIES, as_number, group_status, groups_that_are_not_ok, mapping
from .tables import Label, Value, table

_ALERTS = of_target("weir_alerts_firing")
_GROUPS = MANY_STREAMS.group("redis_stream_group_status")


def alerts() -> dashboard.Panel:
    def firing(severity: str) -> str:
        # No alert has no series: it is none where weir is there to say so.
        some = most(("alertname", "target"), of_target("weir_alerts_firing", f'severity="{severity}"'))
        return f"sum({some}) or 0 * count({of_weir('weir_build_info')})"

    face = Face(
        "Alerts",
        "What fires by weir's own rules, silenced and inhibited alerts too. All targets that are chosen, whatever the"
        " streams.",
        COUNT,
        4,
        5,
        overrides=(
            override("byFrameRefID", "A", thresholds=ANY_IS_BAD),
            override("byFrameRefID", "B", thresholds=ANY_IS_ODD),
            override("byFrameRefID", "C", thresholds=steps("green", (1, "blue"))),
        ),
    )
    return number(face, *(Query(firing(severity), severity) for severity in ("critical", "warning", "info")))


def down() -> dashboard.Panel:
    face = Face(
        "Down",
        "Servers of Redis that weir cannot poll, and weirs that Prometheus cannot scrape although it could within the"
        " last day.",
        COUNT,
        3,
        5,
        ANY_IS_BAD,
    )
    servers = least(NODE, of_target("redis_up"))
    seen = f"last_over_time({of_weir('weir_build_info')}[1d])"
    weirs = f"{of_weir('up')} == 0 and on (job, instance) {seen}"
    return number(
        face,
        Query(number_of(f"{servers} == 0", servers), "Redis"),
        Query(f"count({weirs}) or 0 * count({of_weir('weir_build_info')})", "weir"),
    )


def statuses() -> dashboard.Panel:
    colors = {status.name: status.color for status in GROUP_STATUSES}
    worst_first = [status.name for status in reversed(GROUP_STATUSES) if status.name != "ok"]
    face = Face(
        "Groups by status",
        "Those that are not ok. Losing: entries are removed before the group is given them. Stopped: entries wait and"
        " no consumer is seen. Stalled: consumers are there, and none takes any. Lagging: no fewer wait than before."
        " Abandoned: not used for a day. Unknown: too little was seen yet.",
        COUNT,
        8,
        5,
        overrides=tuple(
            override("byFrameRefID", chr(ord("A") + place), thresholds=steps("green", (1, colors[name])))
            for place, name in enumerate(worst_first)
        ),
    )
    queries = [
        Query(
            number_of(
                most(GROUP, MANY_STREAMS.group("redis_stream_group_status", f'status="{name}"')), most(GROUP, _GROUPS)
            ),
            name,
        )
        for name in worst_first
    ]
    return number(face, *queries)


def worst_lag() -> dashboard.Panel:
    face = Face(
        "Longest lag",
        "How long the first undelivered entry of the latest group has waited. Groups whose lag is not known are not"
        " in it: the table of what cannot be seen has them.",
        SECONDS,
        3,
        5,
        LAG,
        decimals=1,
        no_value="not known",
    )
    return number(face, Query(f"max({MANY_STREAMS.group('redis_stream_group_lag_seconds')})", "lag"))


def memory() -> dashboard.Panel:
    face = Face(
        "Memory runway",
        "Until the first server's memory reaches its limit, at the present rate; and the largest share of a maxmemory"
        " that is in use. No runway: memory does not grow, or has no limit.",
        SECONDS,
        3,
        5,
        RUNWAY,
        no_value="none",
        overrides=(override("byFrameRefID", "B", unit=SHARE, decimals=0, thresholds=MEMORY_SHARE),),
    )
    share = f"{of_target('redis_memory_used_bytes')} / ({of_target('redis_memory_max_bytes')} > 0)"
    return number(
        face, Query(f"min({of_target('redis_memory_runway_seconds')})", "runway"), Query(f"max({share})", "used")
    )


def firing() -> dashboard.Panel:
    each = ("alertname", "target")
    face = Face(
        "Firing",
        "Alerts by weir's own rules, the most severe first. A click on a name leads to its runbook.",
        COUNT,
        7,
        9,
        no_value="none",
    )
    return table(
        face,
        [Label("alertname", "Alert", "Runbook", RUNBOOK), Label("target", "Target")],
        [
            Value(
                "Severity", most(each, as_number(SEVERITIES, "severity", _ALERTS)), STATE, mapping=mapping(SEVERITIES)
            ),
            Value("Firing", f"sum by (alertname, target) ({most((*each, 'severity'), _ALERTS)})", COUNT),
        ],
        sort_by="Severity",
    )


def latest() -> dashboard.Panel:
    face = Face(
        "Lag in seconds, the latest groups",
        "How long the first entry that the group was not given yet has waited: the ten groups that are latest now.",
        SECONDS,
        7,
        9,
        LAG,
        at_least=0,
        no_value="not known",
        links=(GROUP_OF_SERIES,),
    )
    lag = most(GROUP, MANY_STREAMS.group("redis_stream_group_lag_seconds"))
    return bars(face, Query(f"sort_desc(topk(10, {lag}))", MANY_STREAMS.group_legend))


def unwell() -> dashboard.Panel:
    not_ok = f"and on (target, stream, group) {groups_that_are_not_ok(MANY_STREAMS)}"

    def of_those(family: str) -> str:
        return f"{most(GROUP, MANY_STREAMS.group(f'redis_stream_group_{family}'))} {not_ok}"

    lost = most(GROUP, increase(MANY_STREAMS.group("redis_stream_group_entries_lost_total"), "1h"))
    return table(
        Face(
            "Groups that are not ok",
            "The worst first. A click leads to the stream. An empty cell: not known, or nothing pending.",
            COUNT,
            10,
            9,
        ),
        [
            Label("target", "Target"),
            Label("stream", "Stream", "Look at the stream", GROUP_OF_ROW),
            Label("group", "Group", "Look at the stream", GROUP_OF_ROW),
        ],
        [
            Value("Status", f"{group_status(MANY_STREAMS)} > 0", STATE, mapping=mapping(GROUP_STATUSES)),
            Value("Lag", of_those("lag_seconds"), SECONDS, LAG),
            Value("Waiting", of_those("lag"), COUNT),
            Value("Pending", of_those("messages_pending"), COUNT),
            Value("Longest pending", of_those("pending_max_idle_seconds"), SECONDS, HELD),
            Value("Lost in 1 h", f"round({lost}) {not_ok}", COUNT, ANY_IS_BAD),
        ],
        sort_by="Status",
    )


def panels() -> list[dashboard.Panel]:
    return [alerts(), down(), statuses(), worst_lag(), losses(MANY_STREAMS, 3), memory(), firing(), latest(), unwell()]
