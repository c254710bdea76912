"""Redis under the streams: memory, persistence, replicas, errors, clients."""

from grafana_foundation_sdk.models import dashboard

from .graphs import dashed, graph, timeline
from .looks import BYTES, COUNT, MEMORY_SHARE, PER_SECOND, REPLICA, RUNWAY, SECONDS, SHARE, SINCE_SAVE, STATE
from .panel import Face, Query
from .promql import NODE, least, most, of_target, rate
from .statuses import DOWN_UP, FAILED_OK, NO_YES, OFF_ON, mapping
from .tables import Hidden, Label, Value, table

_NODE = "{{target}} {{node}}"


def servers() -> dashboard.Panel:
    face = Face("Servers", "As they name themselves, at the last poll.", COUNT, 24, 6)
    return table(
        face,
        [
            Label("target", "Target"),
            Label("node", "Server"),
            Label("kind", "Kind"),
            Label("version", "Version"),
            Label("role", "Role"),
        ],
        [
            Value("State", least(NODE, of_target("redis_up")), STATE, mapping=mapping(DOWN_UP)),
            Hidden(most((*NODE, "kind", "version", "role"), of_target("redis_instance_info"))),
            Value("Up for", most(NODE, of_target("redis_uptime_in_seconds")), SECONDS),
            Value("Memory", most(NODE, of_target("redis_memory_used_bytes")), BYTES),
            Value("maxmemory", f"{most(NODE, of_target('redis_memory_max_bytes'))} > 0", BYTES),
            Value("Memory full in", least(NODE, of_target("redis_memory_runway_seconds")), SECONDS, RUNWAY),
            Value("AOF", most(NODE, of_target("redis_aof_enabled")), STATE, mapping=mapping(OFF_ON)),
            Value(
                "Streams endangered",
                most(NODE, of_target("redis_eviction_endangers_streams")),
                STATE,
                mapping=mapping(NO_YES),
            ),
        ],
        sort_by="Target",
        descending=False,
    )


def up() -> dashboard.Panel:
    face = Face("Servers reached", "Whether weir can poll them.", STATE, 12, mappings=(mapping(DOWN_UP),))
    return timeline(face, Query(least(NODE, of_target("redis_up")), _NODE))


def memory() -> dashboard.Panel:
    face = Face(
        "Memory", "Used, resident, and dashed: maxmemory, where there is one.", BYTES, 12, overrides=dashed("C")
    )
    return graph(
        face,
        Query(most(NODE, of_target("redis_memory_used_bytes")), f"{_NODE}, used"),
        Query(most(NODE, of_target("redis_memory_used_rss_bytes")), f"{_NODE}, resident"),
        Query(f"{most(NODE, of_target('redis_memory_max_bytes'))} > 0", f"{_NODE}, maxmemory"),
    )


def share() -> dashboard.Panel:
    face = Face(
        "Memory used of maxmemory",
        "Above 90 % MemoryHigh fires, and remediation moves nothing. No line: there is no maxmemory.",
        SHARE,
        12,
        thresholds=MEMORY_SHARE,
        at_most=1,
    )
    used = f"{of_target('redis_memory_used_bytes')} / ({of_target('redis_memory_max_bytes')} > 0)"
    return graph(face, Query(most(NODE, used), _NODE))


def runway() -> dashboard.Panel:
    face = Face(
        "Memory runway",
        "Until memory reaches maxmemory, or the target's memory_limit, at the rate of the last minute. A gap: it does"
        " not grow, or has no limit.",
        SECONDS,
        12,
        thresholds=RUNWAY,
    )
    return graph(face, Query(least(NODE, of_target("redis_memory_runway_seconds")), _NODE))


def evictions() -> dashboard.Panel:
    face = Face(
        "Evicted keys",
        "Keys that the server removed for memory, per second. Where eviction endangers streams, a whole stream may be"
        " one of them.",
        PER_SECOND,
        12,
    )
    return graph(face, Query(most(NODE, rate(of_target("redis_evicted_keys_total"))), _NODE))


def endangered() -> dashboard.Panel:
    face = Face(
        "Eviction endangers streams",
        "Whether the server may remove a watched stream when its memory is full: maxmemory with a policy of"
        " allkeys-*, or volatile-* and a stream with a time to live.",
        STATE,
        12,
        mappings=(mapping(NO_YES),),
    )
    return timeline(face, Query(most(NODE, of_target("redis_eviction_endangers_streams")), _NODE))


def persistence() -> dashboard.Panel:
    face = Face(
        "Persistence",
        "Whether the last background save and the last write of the append-only file succeeded.",
        STATE,
        12,
        mappings=(mapping(FAILED_OK),),
    )
    return timeline(
        face,
        Query(least(NODE, of_target("redis_rdb_last_bgsave_status")), f"{_NODE}, save"),
        Query(least(NODE, of_target("redis_aof_last_write_status")), f"{_NODE}, append-only file"),
    )


def unsaved() -> dashboard.Panel:
    face = Face(
        "Writes since the last save",
        "What a crash would lose where there is no append-only file.",
        COUNT,
        12,
    )
    return graph(face, Query(most(NODE, of_target("redis_rdb_changes_since_last_save")), _NODE))


def since_save() -> dashboard.Panel:
    face = Face("Time since the last save", "Of the whole data set.", SECONDS, 12, thresholds=SINCE_SAVE)
    expr = most(NODE, f"time() - {of_target('redis_rdb_last_save_timestamp_seconds')}")
    return graph(face, Query(expr, _NODE))


def replicas() -> dashboard.Panel:
    face = Face("Replicas", "Connected to each server.", COUNT, 12)
    return graph(face, Query(most(NODE, of_target("redis_connected_slaves")), _NODE))


def replica_lag() -> dashboard.Panel:
    face = Face(
        "Lag of replicas",
        "Since each last acknowledged what it received. What it has not is lost in a failover.",
        SECONDS,
        12,
        thresholds=REPLICA,
    )
    each = ("target", "node", "slave_ip", "slave_port", "slave_state")
    expr = most(each, of_target("redis_connected_slave_lag_seconds"))
    return graph(face, Query(expr, "{{target}} {{slave_ip}}:{{slave_port}} {{slave_state}}"))


def errors() -> dashboard.Panel:
    face = Face(
        "Errors that Redis answered",
        "To any client, per second, by their first word. NOGROUP: consumers ask for a group that is gone. OOM,"
        " MISCONF and READONLY: writes are refused. From Redis 6.2.",
        PER_SECOND,
        12,
    )
    expr = most((*NODE, "err"), rate(of_target("redis_errors_total")))
    return graph(face, Query(expr, f"{_NODE} {{{{err}}}}"))


def clients() -> dashboard.Panel:
    face = Face("Clients", "Connected, and those of them that wait in a blocking command.", COUNT, 12)
    return graph(
        face,
        Query(most(NODE, of_target("redis_connected_clients")), f"{_NODE}, connected"),
        Query(most(NODE, of_target("redis_blocked_clients")), f"{_NODE}, blocked"),
    )
