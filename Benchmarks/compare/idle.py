"""Streams on which nothing happens, and the same streams where each has changed since the last poll."""

from statistics import median

from population import Population
from report import heading, table
from server import Load, RedisServer
from solo import started

POLLS = 7
# An entry comes in each stream, and both groups are given one and have acknowledged one.
CHANGE = """
local payload = string.rep('x', 100)
for index = ARGV[1], ARGV[2] do
    local key = 'stream:' .. string.format('%d', index)
    redis.call('XADD', key, 'MAXLEN', '~', 20, '*', 'field', payload)
    for group = 1, 2 do
        local name = 'group-' .. group
        local given = redis.call('XREADGROUP', 'GROUP', name, 'consumer-1', 'COUNT', 1, 'STREAMS', key, '>')
        redis.call('XACK', key, name, given[1][2][1][1])
    end
end
"""


def changed(server, streams):
    for start in range(0, streams, 100):
        server.call("EVAL", CHANGE, 0, start, start + 99)


def measure(tools, server, streams, is_busy):
    """Medians of Redis' CPU, weir's own CPU and wall time per poll, in ms, and of the commands."""
    redis, own, wall, commands = [], [], [], []
    with started(tools, server.port, 2.5, streams) as weir:
        weir.warm_up(streams)
        for _ in range(POLLS):
            weir.settle(1)
            if is_busy:
                changed(server, streams)
            load, before = Load(server), weir.cpu()
            wall.append(weir.poll().seconds)
            weir.settle(2)
            own.append(weir.cpu() - before)
            redis.append(load.end().cpu)
            commands.append(load.commands)
    return [1000 * median(values) for values in (wall, redis, own)] + [median(commands)]


def run(tools, limits):
    population = Population(5_000)
    heading(f"Idle and busy streams: {population}")
    rows, slow = [], []
    for name, is_busy, pending in (
        ("idle, nothing pending", False, 0),
        ("idle, each consumer holds an entry", False, 1),
        ("each has changed since the last poll", True, 1),
    ):
        with RedisServer(tools) as server:
            Population(population.streams, pending=pending).fill(server)
            rows.append((name, *measure(tools, server, population.streams, is_busy)))
            slow.append(server.slow_commands())
    table(("streams", "wall, ms", "Redis' CPU, ms", "own CPU, ms", "commands"), rows)
    _, idle, busy = rows
    limits.check("wall time of idle streams over that of busy ones", idle[1] / busy[1], 1)
    limits.check("Redis' CPU for idle streams over that for busy ones", idle[2] / busy[2], 1)
    limits.check("own CPU for idle streams over that for busy ones", idle[3] / busy[3], 1)
    limits.slow_commands(*slow)
