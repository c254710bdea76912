"""One group with few and with very many pending entries, weir alone."""

from population import Population
from report import heading, table
from solo import watch_population

# poll.pel_rows_per_poll, 20,000, are looked at in one poll, however many there are. A list that they suffice for is known after
# one poll, and not looked at again while nothing happens; of the others there is always a part to be swept.
SWEPT = 100_000
SIZES = (1_000, 20_000, SWEPT, 1_000_000)


def run(tools, limits):
    heading("One group with 1,000 to 1,000,000 pending entries")
    solos, slow = [], []
    for size in SIZES:
        population = Population(1, groups=1, consumers=1, entries=size + 1, pending=size, payload=10)
        solo, commands = watch_population(tools, population, 10)
        solos.append(solo)
        slow.append(commands)
    table(
        ("pending", "wall, ms", "Redis' CPU, ms", "own CPU, ms", "commands", "anonymous memory at rest, MB"),
        [
            (size, solo.wall * 1e3, solo.redis * 1e3, solo.own * 1e3, solo.commands, solo.rest / 1e6)
            for size, solo in zip(SIZES, solos, strict=True)
        ],
    )
    full, most = solos[SIZES.index(SWEPT)], solos[-1]
    limits.check(f"wall time with 1,000,000 over that with {SWEPT:,}, either of several polls", most.wall / full.wall, 1.2)
    limits.check(f"Redis' CPU with 1,000,000 over that with {SWEPT:,}", most.redis / full.redis, 1.2)
    limits.slow_commands(*slow)
