"""weir, redis_exporter and the floor on the same streams, one after the other in each round."""

import time
from dataclasses import dataclass, field

from exporter import Exporter
from floor import Floor
from scrape import Clients, Scraper
from server import Load, RedisServer
from solo import Solo, started, watch
from weir import Figures

# More streams than this, and the exporter's scrapes would make a round last minutes: they come before and after weir's.
MOST_IN_TURN = 20_000
SCRAPING_CLIENTS = 4


@dataclass
class Samples:
    """What one candidate took, sample by sample: seconds, bytes."""

    wall: list = field(default_factory=list)
    redis: list = field(default_factory=list)
    commands: list = field(default_factory=list)
    sent: list = field(default_factory=list)
    received: list = field(default_factory=list)
    own: list = field(default_factory=list)
    scrape: list = field(default_factory=list)
    compressed: list = field(default_factory=list)
    again: list = field(default_factory=list)
    compressed_own: list = field(default_factory=list)
    # Of the whole run; alone is what weir takes while nobody scrapes.
    peak: int = 0
    rest: int = 0
    page: int = 0
    series: int = 0
    scrapes_per_second: float | None = None
    alone: Solo | None = None

    def count(self, load):
        self.redis.append(load.cpu)
        self.commands.append(load.commands)
        self.sent.append(load.sent)
        self.received.append(load.received)


def series(page):
    return page.count(b"\n") - page.count(b"\n#") - page.startswith(b"#")


class Comparison:
    def __init__(self, tools, server, streams, rounds=7):
        self.tools = tools
        self.server = server
        self.streams = streams
        self.rounds = rounds
        self.weir, self.exporter, self.floor = Samples(), Samples(), Samples()
        self.weir.alone = watch(tools, server, streams, rounds)
        poll = self.weir.alone.wall
        self.lowest = Floor(tools, server, streams, self.weir.alone)
        with Exporter(tools, server.port) as exporter:
            start = time.monotonic()
            self.scrape_exporter(exporter, is_counted=streams > MOST_IN_TURN)
            scrape = time.monotonic() - start
            if streams > MOST_IN_TURN:
                self.run_floor()
                self.measure_beside(poll, None)
                self.run_floor()
                self.scrape_exporter(exporter)
            else:
                self.measure_beside(poll, exporter, scrape)
                if rounds > 3:
                    self.scrape_compressed(exporter)
                    clients = Clients(exporter.port, ["identity"] * SCRAPING_CLIENTS, most=1)
                    self.exporter.scrapes_per_second = clients.wait()
            self.exporter.peak = exporter.memory("VmHWM")
            exporter.settle()
            self.exporter.rest = exporter.memory("RssAnon")

    def measure_beside(self, poll, exporter, scrape=0.0):
        """With a scrape after each poll. The others have their turn between weir's polls, one after the other."""
        seconds = 1.3 * scrape + 2 * poll + 1 + self.streams / 10_000
        with started(self.tools, self.server.port, seconds, self.streams) as weir:
            scraper = Scraper(weir.port)
            weir.warm_up(self.streams, 1)
            # Whoever is scraped for the first time prepares what others find.
            scraper.scrape()
            weir.poll()
            weir.settle(2)
            figures = self.scrape_weir(scraper)
            for _ in range(self.rounds):
                if exporter:
                    self.scrape_exporter(exporter)
                    self.run_floor()
                load, own = Load(self.server), weir.cpu()
                weir.poll()
                weir.settle(2)
                self.weir.count(load.end())
                before, figures = figures, self.scrape_weir(scraper)
                weir.settle(2)
                self.weir.own.append(weir.cpu() - own)
                self.weir.wall.append(figures.poll_seconds(before))
                self.weir.again.append(scraper.scrape().seconds)
            if exporter:
                self.measure_compressed(weir, scraper)
            self.weir.scrapes_per_second = self.throughput(weir)
            self.weir.peak = weir.memory("VmHWM")
            weir.poll()
            weir.settle()
            self.weir.rest = weir.memory("RssAnon")

    def measure_compressed(self, weir, scraper):
        scraper.scrape("gzip")
        weir.poll()
        weir.settle(2)
        for _ in range(min(3, self.rounds)):
            own = weir.cpu()
            weir.poll()
            weir.settle(2)
            self.weir.compressed.append(scraper.scrape("gzip").seconds)
            weir.settle(2)
            self.weir.compressed_own.append(weir.cpu() - own)

    def throughput(self, weir):
        clients = Clients(weir.port, ["identity"] * SCRAPING_CLIENTS)
        time.sleep(2)
        return clients.stop()

    def scrape_weir(self, scraper):
        """The first scrape since a poll, and what it says."""
        scrape = scraper.scrape(is_kept=True)
        self.weir.page, self.weir.series = scrape.size, series(scrape.body)
        self.weir.scrape.append(scrape.seconds)
        return Figures(scrape.body)

    def scrape_exporter(self, exporter, is_counted=True):
        load, own = Load(self.server), exporter.cpu()
        scrape = exporter.scraper.scrape(is_kept=not self.exporter.page)
        if scrape.body:
            self.exporter.page, self.exporter.series = scrape.size, series(scrape.body)
        exporter.settle(2)
        if is_counted:
            self.exporter.count(load.end())
            self.exporter.own.append(exporter.cpu() - own)
            self.exporter.wall.append(scrape.seconds)
            self.exporter.scrape.append(scrape.seconds)

    def scrape_compressed(self, exporter):
        for _ in range(2):
            own = exporter.cpu()
            self.exporter.compressed.append(exporter.scraper.scrape("gzip").seconds)
            exporter.settle(2)
            self.exporter.compressed_own.append(exporter.cpu() - own)

    def run_floor(self):
        load = Load(self.server)
        rounds = self.lowest.rounds(self.server.port)
        # The first round counts too, for Redis it is like the others.
        cpu = load.end().cpu / (len(rounds) + 1)
        for one in rounds:
            self.floor.wall.append(one.seconds)
            self.floor.own.append(one.own)
            self.floor.redis.append(cpu)
            self.floor.commands.append(one.commands)
            self.floor.sent.append(one.sent)
            self.floor.received.append(one.received)


def compare(tools, population, rounds=7):
    """On a Redis of its own. Also what was slow there."""
    with RedisServer(tools) as server:
        population.fill(server)
        return Comparison(tools, server, population.streams, rounds), server.slow_commands()
