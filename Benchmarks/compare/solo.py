"""weir alone on a Redis, with nobody scraping: everything that it does from poll to poll."""

from dataclasses import dataclass
from statistics import median

from scrape import Scraper
from server import Load, RedisServer
from weir import Figures, Weir

# weir's log tells a poll's time in whole milliseconds.
SHORTEST_LOGGED = 0.02
# What a first attempt expects of weir, with time to spare.
STREAMS_PER_SECOND = 10_000


@dataclass(frozen=True)
class Solo:
    """Per poll: seconds, bytes. And its memory."""

    wall: float
    redis: float
    own: float
    commands: float
    received: float
    peak: int
    rest: int


def started(tools, port, seconds, streams):
    """seconds: the interval, at least."""
    return Weir(tools, port, {"interval": f"{max(1, round(seconds + 0.5))}s", "redis_share": "100%"}, streams)


def watch(tools, server, streams, polls=7, port=None):
    """port: of a proxy before the server."""
    port = port or server.port
    guess = streams / STREAMS_PER_SECOND
    with started(tools, port, guess, streams) as weir:
        poll = weir.poll()
        # The first one is the slowest, and ends with its interval although there may be streams left.
        taken = poll.seconds * streams / max(poll.sampled, 1)
        if 3 * taken < max(guess, 1):
            return watched(weir, server, streams, polls)
    with started(tools, port, 2 * taken + 1, streams) as weir:
        return watched(weir, server, streams, polls)


def watched(weir, server, streams, polls):
    # What is asked at first sight alone is over then.
    weir.warm_up(streams, 2)
    scraper = Scraper(weir.port)
    before = Figures(scraper.scrape(is_kept=True).body)
    # The page that this made weir render is not needed again.
    weir.poll()
    weir.settle(2)
    weir.forget_peak()
    load, own = Load(server), weir.cpu()
    wall = median(weir.poll().seconds for _ in range(polls))
    weir.settle(2)
    own = (weir.cpu() - own) / polls
    load.end()
    peak, rest = weir.memory("VmHWM"), weir.memory("RssAnon")
    if wall < SHORTEST_LOGGED:
        wall = Figures(scraper.scrape(is_kept=True).body).poll_seconds(before)
    return Solo(wall, load.cpu / polls, own, load.commands / polls, load.received / polls, peak, rest)


def watch_population(tools, population, polls=7):
    """On a Redis of its own. Also what was slow there."""
    with RedisServer(tools) as server:
        population.fill(server)
        return watch(tools, server, population.streams, polls), server.slow_commands()
