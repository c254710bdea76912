"""From 100 to 100,000 streams with entries of 20 kB: the same; and weir alone with entries of up to 1 MB."""

from population import Population
from report import heading, megabytes, table
from sizes import LARGE, run_with
from solo import watch_population

PAYLOADS = (100, LARGE, 1_000_000)
STREAMS = 500
# So many that three consumers of a group hold one each, and one waits.
ENTRIES = 4


def run(tools, limits):
    heading("From 100 to 100,000 streams, entries of 20 kB")
    run_with(tools, limits, payload=LARGE, entries=ENTRIES)
    heading(f"{STREAMS} streams, entries of 100 B to 1 MB, weir alone")
    rows = []
    for payload in PAYLOADS:
        rows.append(watch_population(tools, Population(STREAMS, entries=ENTRIES, payload=payload)))
    table(
        ("entries, B", "wall, ms", "Redis' CPU, ms", "own CPU, ms", "commands", "received, MB"),
        [
            (payload, solo.wall * 1e3, solo.redis * 1e3, solo.own * 1e3, solo.commands, megabytes(solo.received))
            for payload, (solo, _) in zip(PAYLOADS, rows, strict=True)
        ],
    )
    small = rows[0][0]
    for payload, (solo, _) in zip(PAYLOADS[1:], rows[1:], strict=True):
        limits.check(f"wall time with entries of {payload:,} B over that with 100 B", solo.wall / small.wall, 1.2)
        limits.check(f"Redis' CPU with entries of {payload:,} B over that with 100 B", solo.redis / small.redis, 1.2)
    limits.slow_commands(*(slow for _, slow in rows))
