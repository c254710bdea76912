"""Thresholds and units that several panels share."""

from grafana_foundation_sdk.models.dashboard import Threshold, ThresholdsConfig, ThresholdsMode

SECONDS = "s"
COUNT = "short"
PER_SECOND = "cps"
BYTES = "bytes"
BYTES_PER_SECOND = "binBps"
SHARE = "percentunit"
DATE = "dateTimeAsIso"
STATE = "none"


def steps(base: str, *others: tuple[float, str]) -> ThresholdsConfig:
    """A colour, and from each value on another one."""
    return ThresholdsConfig(
        mode=ThresholdsMode.ABSOLUTE,
        steps=[Threshold(color=base)] + [Threshold(value=value, color=color) for value, color in others],
    )


PLAIN = steps("green")
NEUTRAL = steps("text")
# As the rules do: LagHigh, EntryPoisoned, MemoryHigh, MemoryRunway, ReplicaLagging, RedisSlow.
LAG = steps("green", (60, "orange"), (300, "red"))
HELD = steps("green", (300, "orange"), (3600, "red"))
DELIVERIES = steps("green", (2, "yellow"), (5, "red"))
ANY_IS_BAD = steps("green", (1, "red"))
ANY_IS_ODD = steps("green", (1, "orange"))
MEMORY_SHARE = steps("green", (0.75, "orange"), (0.9, "red"))
RUNWAY = steps("red", (3600, "orange"), (86_400, "green"))
MARGIN = steps("red", (60, "orange"), (600, "green"))
REPLICA = steps("green", (10, "red"))
ROUND_TRIP = steps("green", (0.05, "orange"), (0.1, "red"))
COVERAGE = steps("orange", (1, "green"))
OLD_FIGURES = steps("green", (15, "orange"), (120, "red"))
SINCE_SAVE = steps("green", (86_400, "orange"))
DESCRIPTORS = steps("green", (0.8, "red"))
