"""The page of 5,000 x 2 x 3, scraped by four clients without a pause while weir polls."""

import itertools
import time
from statistics import median

from population import Population
from report import heading, megabytes, say, table
from scrape import Clients, Scraper
from server import RedisServer
from weir import Weir

INTERVAL = 3
BURST = 20
REST = 30
CLIENTS = ("identity", "gzip", "identity", "gzip")
# What a poll may begin too late, in seconds: a scheduler's turn or two.
MOST_LATE = 0.1
# Pages in each format that weir may have in memory at once, beside what it needs anyway: one is served, one is made.
MOST_PAGES = 3


def gather(weir, seconds):
    """The polls of this time: seconds that each took, and between their beginnings."""
    while not weir.polls.empty():
        weir.polls.get()
    end = time.monotonic() + seconds
    polls = []
    while time.monotonic() < end:
        polls.append(weir.next())
    starts = [poll.at - poll.seconds for poll in polls]
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    return [poll.seconds for poll in polls], gaps


def run(tools, limits):
    population = Population(5_000)
    heading(f"The page under four clients at once: {population}")
    with RedisServer(tools) as server:
        population.fill(server)
        with Weir(tools, server.port, {"interval": f"{INTERVAL}s", "redis_share": "100%"}) as weir:
            weir.warm_up(population.streams, 2)
            quiet, quiet_gaps = gather(weir, 5 * INTERVAL)
            weir.settle()
            before, resident = weir.memory("RssAnon"), weir.memory("VmRSS")
            weir.forget_peak()
            clients = Clients(weir.port, CLIENTS)
            busy, gaps = gather(weir, BURST)
            per_second = clients.stop()
            peak = weir.memory("VmHWM")
            time.sleep(REST)
            weir.poll()
            weir.settle()
            after = weir.memory("RssAnon")
            scraper = Scraper(weir.port)
            plain, packed = scraper.scrape(), scraper.scrape("gzip")
        slow = server.slow_commands()
    table(
        ("", "before", "with four clients", "30 s after"),
        [
            ("wall time of a poll, median, ms", median(quiet) * 1000, median(busy) * 1000, None),
            ("wall time of a poll, longest, ms", max(quiet) * 1000, max(busy) * 1000, None),
            ("longest time between two polls, s", max(quiet_gaps), max(gaps), None),
            ("anonymous memory, MB", megabytes(before), None, megabytes(after)),
            ("resident memory, MB, with clients its peak", megabytes(resident), megabytes(peak), None),
            ("scrapes per second", None, per_second, None),
            ("scrape, median, ms", None, median(clients.seconds) * 1000, None),
        ],
    )
    say(f"The page has {plain.size / 1e6:.1f} MB, with gzip {packed.size / 1e6:.1f} MB.\n")
    limits.check("a poll begins late by at most, s", max(0, max(gaps) - INTERVAL), MOST_LATE)
    limits.check(
        "peak over what weir had before, in pages in both formats",
        (peak - resident) / (plain.size + packed.size),
        MOST_PAGES,
    )
    limits.check("anonymous memory 30 s after over that before", after / before, 1.2)
    limits.slow_commands(slow)
