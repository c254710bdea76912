"""Operations: weir itself, what it tells and does, and Redis under the streams."""

from grafana_foundation_sdk.models import dashboard

from . import operations_people as people
from . import operations_redis as redis
from . import operations_weir as weir
from .links import OPERATIONS
from .sheet import Row, sheet
from .variables import About


def operations() -> dashboard.Dashboard:
    return sheet(
        OPERATIONS,
        "weir itself, what it tells people and does in Redis, and the servers under the streams: memory, persistence,"
        " replicas, errors.",
        About.NO_STREAM,
        [
            Row("Servers of Redis and weirs", [redis.servers(), weir.weirs(), redis.up(), weir.scraped()]),
            Row("Alerts and their delivery", [people.alerts(), people.notifications(), people.queue()]),
            Row("Remediation", [people.actions(), people.entries(), people.paused()]),
            Row(
                "Memory of Redis",
                [redis.memory(), redis.share(), redis.runway(), redis.evictions(), redis.endangered()],
            ),
            Row(
                "Persistence and replicas",
                [redis.persistence(), redis.unsaved(), redis.since_save(), redis.replicas(), redis.replica_lag()],
            ),
            Row("What Redis answers", [redis.errors(), redis.clients(), weir.round_trips(), weir.nodes()]),
            Row("Polls", [weir.polls(), weir.poll_time(), weir.age(), weir.commands(), weir.traffic()]),
            Row("The process", [weir.memory(), weir.processor(), weir.descriptors()]),
        ],
    )
