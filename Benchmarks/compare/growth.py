"""weir alone from 1,000 to 100,000 streams: what a stream costs."""

from population import Population
from report import heading, megabytes, table
from solo import watch_population

SIZES = (1_000, 10_000, 100_000)
# What the benchmark `sizes` has found in the same run, by number of streams; it is not measured twice.
found = {}


def run(tools, limits):
    heading("What a stream costs, from 1,000 to 100,000")
    watched = [found.get(size) or watch_population(tools, Population(size), 5) for size in SIZES]
    solos, slow = zip(*watched, strict=True)
    table(
        (
            "streams",
            "wall, ms",
            "wall per stream, us",
            "Redis' CPU per stream, us",
            "own CPU per stream, us",
            "anonymous memory at rest, MB",
        ),
        [
            (
                size,
                solo.wall * 1e3,
                *(part / size * 1e6 for part in (solo.wall, solo.redis, solo.own)),
                megabytes(solo.rest),
            )
            for size, solo in zip(SIZES, solos, strict=True)
        ],
    )
    each = [solo.wall / size for size, solo in zip(SIZES, solos, strict=True)]
    limits.check("the dearest time per stream over the cheapest", max(each) / min(each), 1.2)
    limits.slow_commands(*slow)
