"""What the streams of a benchmark hold."""

from dataclasses import dataclass

# The server fills itself: over the network the same takes three times as long.
FILL = """
local first, last, entries, groups, consumers, pending = unpack(ARGV, 1, 6)
local payload = string.rep('x', ARGV[7])
for index = first, last do
    local key = 'stream:' .. string.format('%d', index)
    for _ = 1, entries do redis.call('XADD', key, '*', 'field', payload) end
    for group = 1, groups do
        local name = 'group-' .. group
        redis.call('XGROUP', 'CREATE', key, name, '0')
        for consumer = 1, consumers do
            for left = pending, 1, -1000 do
                local count = math.min(left, 1000)
                redis.call('XREADGROUP', 'GROUP', name, 'consumer-' .. consumer, 'COUNT', count, 'STREAMS', key, '>')
            end
        end
        redis.call('XREADGROUP', 'GROUP', name, 'consumer-1', 'COUNT', entries, 'NOACK', 'STREAMS', key, '>')
    end
end
"""
STREAMS_AT_ONCE = 50


@dataclass(frozen=True)
class Population:
    """Streams stream:0 and on. Each consumer holds entries that are pending, and the rest is done: nothing is wrong yet."""

    streams: int
    groups: int = 2
    consumers: int = 3
    entries: int = 20
    pending: int = 1
    payload: int = 100

    def fill(self, server):
        script = server.call("SCRIPT", "LOAD", FILL)
        shape = (self.entries, self.groups, self.consumers, self.pending, self.payload)
        starts = range(0, self.streams, STREAMS_AT_ONCE)
        for some in range(0, len(starts), 100):
            server.connection.pipeline(
                [
                    ("EVALSHA", script, 0, start, min(start + STREAMS_AT_ONCE, self.streams) - 1, *shape)
                    for start in starts[some : some + 100]
                ]
            )
        server.be_measured()

    def __str__(self):
        return f"{self.streams:,} streams x {self.groups} groups x {self.consumers} consumers"
