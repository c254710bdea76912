"""The statuses of groups and consumers, as numbers that a state timeline can show, and their colours."""

from dataclasses import dataclass

from grafana_foundation_sdk.models.dashboard import ValueMap, ValueMappingResult

from .promql import GROUP, Streams, most


@dataclass(frozen=True)
class Status:
    name: str
    color: str


# From the best to the worst: where two weirs differ, the worse is shown. docs/signals.md has the same order.
GROUP_STATUSES = (
    Status("ok", "green"),
    Status("unknown", "#808080"),
    Status("abandoned", "purple"),
    Status("lagging", "yellow"),
    Status("stalled", "orange"),
    Status("stopped", "red"),
    Status("losing", "dark-red"),
)
CONSUMER_STATUSES = (
    Status("active", "green"),
    Status("idle", "blue"),
    Status("busy", "light-green"),
    Status("stale", "red"),
    Status("stuck", "orange"),
    Status("abandoned", "purple"),
)
SEVERITIES = (Status("info", "blue"), Status("warning", "orange"), Status("critical", "red"))
NO_YES = (Status("no", "green"), Status("yes", "red"))
OFF_ON = (Status("off", "#808080"), Status("on", "green"))
FAILED_OK = (Status("failed", "red"), Status("ok", "green"))
DOWN_UP = (Status("down", "red"), Status("up", "green"))


def mapping(statuses: tuple[Status, ...]) -> ValueMap:
    """The place of each status in the row, shown as its name in its colour."""
    return ValueMap(
        options={
            str(number): ValueMappingResult(text=status.name, color=status.color, index=number)
            for number, status in enumerate(statuses)
        }
    )


def as_number(statuses: tuple[Status, ...], label: str, selector: str) -> str:
    """Series with the status in a label, as ones with its number for a value. The label is still there."""
    at = len(selector) - 1
    return " or ".join(
        f'{number} * {selector[:at]}, {label}="{status.name}"}}' for number, status in enumerate(statuses)
    )


def group_status(streams: Streams) -> str:
    """The number of each group's status."""
    return most(GROUP, as_number(GROUP_STATUSES, "status", streams.group("redis_stream_group_status")))


def groups_that_were_unwell(streams: Streams) -> str:
    """Groups that had another status than ok or unknown at some time of what the dashboard shows."""
    unwell = streams.group("redis_stream_group_status", 'status!~"ok|unknown"')
    return f"last_over_time({unwell}[$__range] @ end())"


def groups_that_are_not_ok(streams: Streams) -> str:
    return streams.group("redis_stream_group_status", 'status!="ok"')
