"""weir on one Redis, and what it says of its own polls."""

import json
import queue
import re
import subprocess
import threading
import time
from dataclasses import dataclass

from processes import Process

POLLED = re.compile(r"debug polled .*?commands=(\d+) milliseconds=(\d+) sampled=(\d+) streams=(\d+)")
# Polls, until one has seen all streams.
MOST_TO_SEE_ALL = 20
LISTENING = re.compile(r"listening address=http://127\.0\.0\.1:(\d+)")


@dataclass(frozen=True)
class Poll:
    at: float
    commands: int
    seconds: float
    sampled: int
    streams: int


class Weir(Process):
    def __init__(self, tools, redis_port, poll, streams=0):
        """poll: its settings, by name. More than 10,000 streams are asked for by their number."""
        target = {"name": "bench", "url": f"redis://127.0.0.1:{redis_port}"}
        if streams > 10_000:
            target["max_streams"] = streams
        # JSON is YAML too.
        settings = {"targets": [target], "poll": poll, "http": {"listen": ["127.0.0.1:0"]}}
        path = tools.folder / "weir.yml"
        path.write_text(json.dumps(settings))
        super().__init__([tools.weir, "--config", path, "--log-level", "debug"], stderr=subprocess.PIPE)
        self.log = tools.log("weir")
        self.port = None
        self.is_listening = threading.Event()
        self.polls = queue.SimpleQueue()
        threading.Thread(target=self.read, daemon=True).start()
        if not self.is_listening.wait(10) or self.port is None:
            self.end()
            raise RuntimeError("weir does not start: see weir.log")

    def read(self):
        for line in self.popen.stderr:
            self.log.write(line)
            self.log.flush()
            text = line.decode()
            if found := POLLED.search(text):
                commands, milliseconds, sampled, streams = map(int, found.groups())
                self.polls.put(Poll(time.monotonic(), commands, milliseconds / 1000, sampled, streams))
            elif found := LISTENING.search(text):
                self.port = int(found[1])
                self.is_listening.set()
        self.is_listening.set()
        self.polls.put(None)

    def poll(self, timeout=300):
        """The next poll that ends."""
        while not self.polls.empty():
            self.polls.get()
        return self.next(timeout)

    def next(self, timeout=300):
        """The next poll that nobody has heard of."""
        poll = self.polls.get(timeout=timeout)
        if poll is None:
            raise RuntimeError("weir has ended: see weir.log")
        return poll

    def warm_up(self, streams, polls=3):
        """Polls until all streams have been seen, and some more: what is asked at first sight alone is over."""
        for _ in range(MOST_TO_SEE_ALL):
            if self.poll().sampled >= streams:
                break
        else:
            raise RuntimeError("weir does not see all streams in one poll: see weir.log")
        for _ in range(polls):
            self.poll()


class Figures:
    """The figures on a page of weir's about weir itself."""

    def __init__(self, body):
        self.values = {}
        for line in body[body.index(b"\nweir_") + 1 :].decode().splitlines():
            if not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                self.values[name] = float(value)

    def sum(self, start):
        return sum(value for name, value in self.values.items() if name.startswith(start))

    def poll_seconds(self, before):
        """How long a poll has taken since other figures."""
        name = "weir_poll_duration_seconds_"
        polls = self.sum(f"{name}count") - before.sum(f"{name}count")
        if not polls:
            raise RuntimeError("the page is older than the poll: weir was not given its time on the processor")
        return (self.sum(f"{name}sum") - before.sum(f"{name}sum")) / polls
