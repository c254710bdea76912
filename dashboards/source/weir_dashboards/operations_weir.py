"""weir itself: its polls, what it costs, and its process."""

from grafana_foundation_sdk.models import dashboard

from .graphs import graph, timeline
from .looks import (
    ANY_IS_BAD,
    BYTES,
    BYTES_PER_SECOND,
    COUNT,
    DESCRIPTORS,
    OLD_FIGURES,
    PER_SECOND,
    ROUND_TRIP,
    SECONDS,
    SHARE,
    STATE,
)
from .panel import Face, Query
from .promql import increase, most, of_process, of_target, of_weir, quantile, rate
from .statuses import DOWN_UP, FAILED_OK, mapping
from .tables import Hidden, Label, Value, table

_EACH = ("job", "instance")
_WEIR = "{{instance}}"
_SEEN = f"last_over_time({of_weir('weir_build_info')}[1d])"


def weirs() -> dashboard.Panel:
    face = Face("weirs", "Each weir that Prometheus scrapes: what it is, and what it has taken on.", COUNT, 24, 6)
    targets = f"count by (job, instance) ({of_weir('weir_streams')})"
    streams = f"sum by (job, instance) ({of_weir('weir_streams')})"
    beyond = f"sum by (job, instance) ({of_weir('weir_streams_not_sampled')})"
    reload = most(_EACH, of_weir("weir_config_last_reload_successful"))
    write = most(_EACH, increase(of_weir("weir_state_write_failures_total"), "1h"))
    aside = most(_EACH, increase(of_weir("weir_state_files_set_aside_total"), "1h"))
    return table(
        face,
        [Label("job", "Job"), Label("instance", "Instance"), Label("version", "Version")],
        [
            Hidden(most((*_EACH, "version"), of_weir("weir_build_info"))),
            Value("Up for", f"time() - {most(_EACH, of_process('process_start_time_seconds'))}", SECONDS),
            Value("Configuration", reload, STATE, mapping=mapping(FAILED_OK)),
            Value("Targets", targets, COUNT),
            Value("Streams", streams, COUNT),
            Value("Beyond max_streams", beyond, COUNT, ANY_IS_BAD),
            Value("State not written in 1 h", f"round({write})", COUNT, ANY_IS_BAD),
            Value("State files set aside in 1 h", f"round({aside})", COUNT, ANY_IS_BAD),
        ],
        sort_by="Instance",
        descending=False,
    )


def scraped() -> dashboard.Panel:
    face = Face(
        "Scraped",
        "Whether Prometheus can scrape weir: while it cannot, nothing is known here, and weir's own alerts go on.",
        STATE,
        12,
        mappings=(mapping(DOWN_UP),),
    )
    return timeline(face, Query(f"{of_weir('up')} and on (job, instance) {_SEEN}", "{{job}} {{instance}}"))


def polls() -> dashboard.Panel:
    face = Face(
        "Polls",
        "By result. error: the target as a whole could not be read. skipped: the turn passed while an earlier poll"
        " was under way, so weir or Redis is too slow for the interval.",
        PER_SECOND,
        12,
    )
    expr = f"sum by (target, result) ({rate(of_target('weir_polls_total'))})"
    return graph(face, Query(expr, "{{target}} {{result}}"), stacked=True)


def poll_time() -> dashboard.Panel:
    face = Face(
        "Time for a poll", "Of polls that succeeded: the mean, and what all but a hundredth stay below.", SECONDS, 12
    )
    spent = rate(of_target("weir_poll_duration_seconds_sum"))
    number = rate(of_target("weir_poll_duration_seconds_count"))
    return graph(
        face,
        Query(most(("target",), f"{spent} / ({number} > 0)"), "{{target}}, mean"),
        Query(quantile(0.99, "weir_poll_duration_seconds", ("target",)), "{{target}}, p99"),
    )


def round_trips() -> dashboard.Panel:
    face = Face(
        "Round trips to Redis",
        "What a pipeline of commands takes: half of them stay below p50, all but a hundredth below p99. RedisSlow"
        " fires on p99 above 100 ms.",
        SECONDS,
        12,
        thresholds=ROUND_TRIP,
    )
    return graph(
        face,
        *(
            Query(quantile(share, "weir_redis_round_trip_seconds", ("target",)), f"{{{{target}}}}, {name}")
            for share, name in ((0.5, "p50"), (0.99, "p99"))
        ),
    )


def age() -> dashboard.Panel:
    face = Face(
        "Age of the figures",
        "Since the last poll that succeeded; and the oldest figures of a stream, where quiet streams wait for their"
        " turn (poll.redis_share) or large entries are asked for less often.",
        SECONDS,
        12,
        thresholds=OLD_FIGURES,
    )
    return graph(
        face,
        Query(most(("target",), f"time() - {of_target('weir_last_poll_timestamp_seconds')}"), "{{target}}, last poll"),
        Query(most(("target",), of_target("redis_stream_sample_age_seconds")), "{{target}}, oldest stream"),
        Query(most(("target",), of_target("redis_stream_counters_age_seconds")), "{{target}}, oldest counters"),
    )


def commands() -> dashboard.Panel:
    face = Face("Commands to Redis", "What weir sends, per second.", PER_SECOND, 12)
    expr = f"sum by (target) ({rate(of_target('weir_poll_commands_total'))})"
    return graph(face, Query(expr, "{{target}}"))


def traffic() -> dashboard.Panel:
    face = Face("Traffic with Redis", "What weir sends and receives, per second.", BYTES_PER_SECOND, 12)
    expr = f"sum by (target, direction) ({rate(of_target('weir_poll_bytes_total'))})"
    return graph(face, Query(expr, "{{target}} {{direction}}"))


def nodes() -> dashboard.Panel:
    face = Face(
        "Share of the nodes",
        "What part of a target's streams each of its servers holds, and what part of the slots each of a cluster's"
        " primaries has. One server has all; no slots: it is no cluster.",
        SHARE,
        12,
        at_most=1,
    )
    queries = []
    for family, what in (("weir_node_streams", "streams"), ("redis_cluster_slots", "slots")):
        each = most(("target", "node"), of_target(family))
        queries.append(
            Query(
                f"{each} / on (target) group_left () (sum by (target) ({each}) > 0)",
                f"{{{{target}}}} {{{{node}}}}, {what}",
            )
        )
    return graph(face, *queries)


def memory() -> dashboard.Panel:
    face = Face("Memory of weir", "Resident.", BYTES, 12)
    return graph(face, Query(of_process("process_resident_memory_bytes"), _WEIR))


def processor() -> dashboard.Panel:
    face = Face("Processor time of weir", "1 is one processor.", SHARE, 6)
    expr = f"{rate(of_weir('process_cpu_seconds_total'))} and on (job, instance) {of_weir('weir_build_info')}"
    return graph(face, Query(expr, _WEIR))


def descriptors() -> dashboard.Panel:
    face = Face("File descriptors of weir", "Open, of those that it may have open.", SHARE, 6, thresholds=DESCRIPTORS)
    expr = f"{of_weir('process_open_fds')} / ({of_process('process_max_fds')})"
    return graph(face, Query(expr, _WEIR))
