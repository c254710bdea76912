"""The same streams behind a network that takes its time."""

from exporter import Exporter
from floor import Floor, Proxy
from population import Population
from report import heading, milliseconds, ratio, say, table
from server import RedisServer
from solo import watch

# Seconds that each round trip takes longer, half of them in each direction.
DELAYS = (0, 0.001, 0.005)


def run(tools, limits):
    population = Population(5_000)
    heading(f"Through a proxy that delays: {population}")
    rows = []
    with RedisServer(tools) as server:
        population.fill(server)
        direct = watch(tools, server, population.streams, 5)
        floor = Floor(tools, server, population.streams, direct)
        for delay in DELAYS:
            with Proxy(tools, server.port, delay) as proxy:
                weir = watch(tools, server, population.streams, 7, proxy.port).wall * 1000
                lowest = milliseconds([one.seconds for one in floor.rounds(proxy.port, 7)])
                with Exporter(tools, proxy.port) as exporter:
                    peer = exporter.scraper.scrape().seconds * 1000
            rows.append((f"{delay * 1000:.0f} ms", weir, peer, lowest, ratio(peer, weir), ratio(weir, lowest)))
        slow = server.slow_commands()
    say("Wall time of a sample in ms. What is named is added to each round trip, half of it in each direction.")
    table(("delay", "weir", "redis_exporter", "floor", "faster", "over the floor"), rows)
    say(f"weir without a proxy: {direct.wall * 1000:,.0f} ms. Medians of 7 samples; redis_exporter's is one scrape.\n")
    limits.check("a sample at 5 ms over one without delay", rows[-1][1] / rows[0][1], 2)
    limits.slow_commands(slow)
