"""From 100 to 100,000 streams with entries of 100 B: weir, redis_exporter and the floor."""

import pathlib

import growth
from comparison import compare
from population import Population
from report import heading, megabytes, middle, milliseconds, number, ratio, say, table

SIZES = (100, 1_000, 10_000, 100_000)
SMALL = Population(0)
LARGE = 20_000
HEADER = (
    "streams",
    "wall, ms",
    "faster",
    "over the floor",
    "Redis' CPU, ms",
    "commands",
    "received, MB",
    "own CPU, ms",
    "peak, MB",
    "scrape, ms",
    "scrapes per second",
)


def several(*values):
    return " / ".join(number(value) for value in values if value is not None)


def row(comparison):
    all_of = weir, exporter, _ = (comparison.weir, comparison.exporter, comparison.floor)
    walls = [milliseconds(samples.wall) for samples in all_of]
    return (
        comparison.streams,
        several(*walls),
        ratio(walls[1], walls[0]),
        ratio(walls[0], walls[2]),
        several(*(milliseconds(samples.redis) for samples in all_of)),
        several(middle(weir.commands), middle(exporter.commands)),
        several(*(megabytes(middle(samples.received)) for samples in (weir, exporter))),
        several(*(milliseconds(samples.own) for samples in all_of)),
        several(megabytes(weir.peak), megabytes(exporter.peak)),
        several(milliseconds(weir.scrape), milliseconds(exporter.scrape)),
        several(weir.scrapes_per_second, exporter.scrapes_per_second),
    )


def rounds(streams):
    return 7 if streams <= 1_000 else 5 if streams <= 10_000 else 3


def available():
    """Bytes of memory."""
    lines = pathlib.Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))


def run_with(tools, limits, payload, entries):
    rows, slow = [], []
    for streams in SIZES:
        if 2 * streams * entries * payload > available():
            say(f"{streams:,} streams with {entries} entries of {payload:,} B do not fit into this machine's memory.\n")
            continue
        comparison, commands = compare(tools, Population(streams, entries=entries, payload=payload), rounds(streams))
        rows.append(row(comparison))
        if (payload, entries) == (SMALL.payload, SMALL.entries):
            growth.found[streams] = (comparison.weir.alone, commands)
        slow.append(commands)
    say("Medians: weir / redis_exporter / floor.")
    table(HEADER, rows)
    limits.slow_commands(*slow)


def run(tools, limits):
    heading("From 100 to 100,000 streams, entries of 100 B")
    run_with(tools, limits, SMALL.payload, SMALL.entries)
