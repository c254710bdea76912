"""What weir tells people, and what it does: alerts, notifications, remediation."""

from grafana_foundation_sdk.models import dashboard

from .graphs import colored, graph, timeline
from .looks import ANY_IS_ODD, COUNT, STATE
from .panel import Face, Query
from .promql import increase, most, of_target, of_weir
from .statuses import NO_YES, SEVERITIES, as_number, mapping

_RESULTS = (("delivered", "green"), ("failed", "orange"), ("rejected", "red"), ("dropped", "dark-red"))
_ACTIONS = (("moved", "green"), ("dry_run", "blue"), ("refused", "orange"), ("failed", "red"))


def alerts() -> dashboard.Panel:
    face = Face(
        "Alerts",
        "What fired by weir's own rules, and when.",
        STATE,
        24,
        10,
        mappings=(mapping(SEVERITIES),),
    )
    expr = most(("alertname", "target"), as_number(SEVERITIES, "severity", of_target("weir_alerts_firing")))
    return timeline(face, Query(expr, "{{target}} {{alertname}}"))


def notifications() -> dashboard.Panel:
    face = Face(
        "Notifications",
        "In each step of the graph. delivered: the receiver has taken it. failed: an attempt, and another follows."
        " rejected: the receiver will never take it. dropped: too many waited.",
        COUNT,
        12,
        overrides=colored(*_RESULTS),
    )
    expr = f"sum by (channel, result) ({increase(of_weir('weir_notifications_total'))})"
    return graph(face, Query(expr, "{{channel}} {{result}}"), lines=False, stacked=True)


def queue() -> dashboard.Panel:
    face = Face(
        "Notifications that wait",
        "Not zero for long: a receiver is away, and weir tries again until it is back.",
        COUNT,
        12,
        thresholds=ANY_IS_ODD,
    )
    return graph(face, Query(f"sum by (channel) ({of_weir('weir_notification_queue_length')})", "{{channel}}"))


def actions() -> dashboard.Panel:
    face = Face(
        "Remediation: actions",
        "In each step of the graph. moved: done. dry_run: would have been done. refused: a guard forbade it. failed:"
        " Redis or the connection did not do it. No data: no policy may do anything.",
        COUNT,
        12,
        overrides=colored(*_ACTIONS),
    )
    expr = f"sum by (action, result) ({increase(of_weir('weir_remediation_actions_total'))})"
    return graph(face, Query(expr, "{{action}} {{result}}"), lines=False, stacked=True)


def entries() -> dashboard.Panel:
    face = Face(
        "Remediation: entries",
        "Entries that these actions were about, in each step of the graph; of forget_consumer, consumers.",
        COUNT,
        12,
        overrides=colored(*_ACTIONS),
    )
    expr = f"sum by (action, result) ({increase(of_weir('weir_remediation_entries_total'))})"
    return graph(face, Query(expr, "{{action}} {{result}}"), lines=False, stacked=True)


def paused() -> dashboard.Panel:
    face = Face(
        "Remediation paused",
        "By weir pause: nothing is moved or deleted in Redis until weir resume.",
        STATE,
        24,
        5,
        mappings=(mapping(NO_YES),),
    )
    return timeline(face, Query(most(("job", "instance"), of_weir("weir_remediation_paused")), "{{job}} {{instance}}"))
