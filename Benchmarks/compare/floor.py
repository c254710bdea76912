"""What one poll of weir's asks, recorded, and how fast it can be asked at best."""

import subprocess
from dataclasses import dataclass

from processes import Process
from weir import Weir

# Longer than any pause within a poll, shorter than those between two.
PAUSE = 0.5
# Of each call: the first meets a connection that is not warm yet, other than weir's own.
WARM_UP = 1


class Proxy(Process):
    """In front of a Redis: `round_trip` seconds are added to each round trip, half of them in each direction."""

    def __init__(self, tools, redis_port, round_trip=0.0, record=None):
        recording = [] if record is None else [record, PAUSE * 1000]
        super().__init__([tools.proxy, redis_port, round_trip * 1000, *recording], stdout=subprocess.PIPE)
        self.port = int(self.popen.stdout.readline())


@dataclass(frozen=True)
class Round:
    seconds: float
    own: float
    sent: int
    received: int
    commands: int


class Floor:
    """A poll of weir's in its steady state, ready to be sent again."""

    def __init__(self, tools, server, streams, solo):
        """solo: what a poll takes in the steady state."""
        self.tools = tools
        record = tools.folder / "poll"
        interval = max(2, round(2 * solo.wall + 1.5))
        with Proxy(tools, server.port, record=record) as proxy:
            settings = {"interval": f"{interval}s", "redis_share": "100%"}
            with Weir(tools, proxy.port, settings, streams) as weir:
                weir.warm_up(streams, 5)
        # The last one may have been cut short.
        parts = sorted(tools.folder.glob("poll.0.*"), key=lambda path: int(path.suffix[1:]))
        whole = [path for path in parts[1:-1] if b"\r\nSCAN\r\n" not in (said := path.read_bytes()) and b"INFO" in said]
        if not whole:
            raise RuntimeError("no poll of weir's was recorded")
        self.path = tools.folder / "floor.commands"
        # The first polls ask more than those that follow.
        steady = min(whole, key=lambda path: abs(path.read_bytes().count(b"\r\n*") + 1 - solo.commands))
        steady.rename(self.path)
        for path in tools.folder.glob("poll.*"):
            path.unlink()

    def rounds(self, port, count=3):
        output = subprocess.run(
            [self.tools.floor, str(port), self.path, str(count + WARM_UP)],
            stdout=subprocess.PIPE,
            check=True,
            timeout=300,
        ).stdout
        rounds = []
        for line in output.decode().splitlines()[WARM_UP:]:
            wall, own, sent, received, commands = line.split()
            rounds.append(Round(float(wall) / 1e3, float(own) / 1e3, int(sent), int(received), int(commands)))
        return rounds
