"""PromQL over weir's metrics: selectors that follow the variables of a dashboard, and what is done with them."""

from dataclasses import dataclass

_WEIR = ('job=~"$job"', 'instance=~"$instance"')
_TARGET = (*_WEIR, 'target=~"$target"')

STREAM = ("target", "stream")
GROUP = ("target", "stream", "group")
NODE = ("target", "node")


def _select(family: str, *matchers: str) -> str:
    return f"{family}{{{', '.join(matchers)}}}"


def of_weir(family: str, *matchers: str) -> str:
    """A family that is about weir itself."""
    return _select(family, *_WEIR, *matchers)


def of_process(family: str) -> str:
    """A family that every exporter has: of weir's processes alone, also where the variables stand for all jobs."""
    return f"{of_weir(family)} and on (job, instance) {of_weir('weir_build_info')}"


def of_target(family: str, *matchers: str) -> str:
    """A family about a target or its servers. redis_exporter's families of the same name have no such label."""
    return _select(family, *_TARGET, *matchers)


@dataclass(frozen=True)
class Streams:
    """Which streams a dashboard is about: selectors of the families about them, and how to name the series."""

    matcher: str
    stream_legend: str
    group_legend: str
    # How many series a graph shows of many.
    limit: int | None

    def stream(self, family: str, *matchers: str) -> str:
        return of_target(family, self.matcher, *matchers)

    def group(self, family: str, *matchers: str) -> str:
        return of_target(family, self.matcher, 'group=~"$group"', *matchers)

    def largest(self, expr: str) -> str:
        return expr if self.limit is None else f"topk({self.limit}, {expr})"

    def smallest(self, expr: str) -> str:
        return expr if self.limit is None else f"bottomk({self.limit}, {expr})"


MANY_STREAMS = Streams('stream=~"$stream"', "{{target}} {{stream}}", "{{target}} {{stream}} / {{group}}", 15)
# Grafana escapes the value of a variable that has one value for a string, not for a pattern.
ONE_STREAM = Streams('stream="$stream"', "{{target}}", "{{target}} / {{group}}", None)


def most(labels: tuple[str, ...], expr: str) -> str:
    """The largest for each: two weirs may watch one target, and their jobs and databases are nobody's concern."""
    return f"max by ({', '.join(labels)}) ({expr})"


def least(labels: tuple[str, ...], expr: str) -> str:
    return f"min by ({', '.join(labels)}) ({expr})"


def rate(selector: str) -> str:
    return f"rate({selector}[$__rate_interval])"


def increase(selector: str, window: str = "$__rate_interval") -> str:
    return f"increase({selector}[{window}])"


def number_of(some: str, all_of: str) -> str:
    """How many series there are; 0 only where there is something to count among, and nothing where nothing is known."""
    return f"count({some}) or 0 * count({all_of})"


def quantile(share: float, histogram: str, labels: tuple[str, ...]) -> str:
    """A quantile of a histogram of weir's. Nothing was observed: NaN to Prometheus, nothing here."""
    buckets = rate(of_target(f"{histogram}_bucket"))
    return f"histogram_quantile({share}, sum by ({', '.join(('le', *labels))}) ({buckets})) >= 0"
