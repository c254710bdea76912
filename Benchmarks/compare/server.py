"""A Redis of the benchmark's own, and what it says of the load on it."""

import time

from processes import Process, free_port
from resp import Connection

# From so many microseconds on a command goes into SLOWLOG.
SLOW = 1000


class RedisServer(Process):
    def __init__(self, tools):
        self.port = free_port()
        super().__init__(
            [
                "redis-server",
                *("--port", self.port, "--bind", "127.0.0.1", "--dir", tools.folder),
                *("--save", "", "--appendonly", "no"),
                *("--slowlog-log-slower-than", -1, "--slowlog-max-len", 100_000),
            ],
            stdout=tools.log("redis"),
        )
        end = time.monotonic() + 10
        while True:
            try:
                self.connection = Connection(self.port)
                break
            except ConnectionRefusedError:
                if not self.lives() or time.monotonic() > end:
                    raise
                time.sleep(0.05)
        self.idle = 0.0
        self.own_commands = self.own_sent = self.own_received = 0

    def call(self, *words):
        return self.connection.call(*words)

    def be_measured(self):
        """Once it is loaded: from now on slow commands are kept, and what it takes at rest is known."""
        self.call("SLOWLOG", "RESET")
        self.call("CONFIG", "SET", "slowlog-log-slower-than", SLOW)
        self.settle()
        start, before = time.monotonic(), self.cpu()
        time.sleep(2)
        self.idle = (self.cpu() - before) / (time.monotonic() - start)
        self.own_commands = self.own_sent = self.own_received = 0
        nothing = Load(self)
        nothing.end()
        self.own_commands, self.own_sent, self.own_received = nothing.commands, nothing.sent, nothing.received

    def counters(self):
        stats = self.connection.info("stats")
        names = ("total_commands_processed", "total_net_input_bytes", "total_net_output_bytes")
        return [int(stats[name]) for name in names]

    def slow_commands(self):
        """Of the clients that each name has: milliseconds, and the command."""
        slow = {}
        for entry in self.call("SLOWLOG", "GET", -1):
            name = entry[5] if len(entry) > 5 else ""
            slow.setdefault(name, []).append((entry[2] / 1000, " ".join(entry[3])))
        return slow


class Load:
    """What was asked of a server between two moments, without what it takes at rest and what is asked to know this."""

    def __init__(self, server):
        self.server = server
        self.before = server.counters()
        self.start, self.cpu_before = time.monotonic(), server.cpu()

    def end(self):
        server = self.server
        cpu, now = server.cpu(), time.monotonic()
        commands, sent, received = (
            after - before for before, after in zip(self.before, server.counters(), strict=True)
        )
        self.cpu = cpu - self.cpu_before - server.idle * (now - self.start)
        self.commands = commands - server.own_commands
        self.sent = sent - server.own_sent
        self.received = received - server.own_received
        return self
