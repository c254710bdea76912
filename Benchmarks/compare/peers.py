"""5,000 streams x 2 groups x 3 consumers: weir, redis_exporter and the floor."""

from statistics import median

from comparison import SCRAPING_CLIENTS, compare
from population import Population
from report import heading, megabytes, middle, milliseconds, ratio, say, table


def run(tools, limits):
    population = Population(5_000)
    heading(f"Side by side: {population}")
    comparison, slow = compare(tools, population)
    weir, exporter, floor = comparison.weir, comparison.exporter, comparison.floor
    alone = weir.alone

    def row(name, mine, peers, lowest=None):
        return name, mine, peers, lowest, ratio(peers, mine), ratio(mine, lowest)

    def each(name, part, unit):
        return row(name, *(unit(getattr(samples, part)) for samples in (weir, exporter, floor)))

    table(
        ("", "weir", "redis_exporter", "floor", "times better", "weir / floor"),
        [
            each("wall time per sample, ms", "wall", milliseconds),
            each("Redis' CPU per sample, ms", "redis", milliseconds),
            each("commands", "commands", middle),
            each("sent to Redis, MB", "sent", lambda values: megabytes(middle(values))),
            each("received from Redis, MB", "received", lambda values: megabytes(middle(values))),
            row("own CPU per sample, nobody scraping, ms", alone.own * 1000, None, milliseconds(floor.own)),
            each("own CPU per sample and scrape, ms", "own", milliseconds),
            row("peak memory, nobody scraping, MB", megabytes(alone.peak), None),
            row("peak memory, MB", megabytes(weir.peak), megabytes(exporter.peak)),
            row("anonymous memory at rest, nobody scraping, MB", megabytes(alone.rest), None),
            row("anonymous memory at rest, MB", megabytes(weir.rest), megabytes(exporter.rest)),
            ("page, MB", megabytes(weir.page), megabytes(exporter.page), None, None, None),
            ("series", weir.series, exporter.series, None, None, None),
            row("scrape after a poll, ms", milliseconds(weir.scrape), milliseconds(exporter.scrape)),
            row("scrape once more, ms", milliseconds(weir.again), milliseconds(exporter.scrape)),
            each("scrape, gzip, ms", "compressed", milliseconds),
            each("own CPU per sample and scrape, gzip, ms", "compressed_own", milliseconds),
            (
                f"scrapes per second, {SCRAPING_CLIENTS} clients",
                weir.scrapes_per_second,
                exporter.scrapes_per_second,
                None,
                ratio(weir.scrapes_per_second, exporter.scrapes_per_second),
                None,
            ),
        ],
    )
    say(f"Medians of {len(weir.wall)}, {len(exporter.wall)} and {len(floor.wall)} samples.\n")
    sample, peer = milliseconds(weir.wall), milliseconds(exporter.wall)
    limits.reach("a full sample is faster than the exporter's scrape, times", peer / sample, 15)
    limits.check("a full sample over the floor", sample / milliseconds(floor.wall), 1.5)
    limits.check("Redis' CPU per sample over the exporter's", median(weir.redis) / median(exporter.redis), 0.2)
    limits.check("own CPU over the exporter's", median(weir.own) / median(exporter.own), 1 / 3)
    limits.check("peak memory over the exporter's", weir.peak / exporter.peak, 1)
    limits.reach("a scrape is faster than the exporter's, times", peer / milliseconds(weir.scrape), 25)
    limits.reach("scrapes per second over the exporter's", weir.scrapes_per_second / exporter.scrapes_per_second, 25)
    limits.slow_commands(slow)
