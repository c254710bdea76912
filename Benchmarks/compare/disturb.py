"""Producers at full speed beside a weir with its defaults, and without one, on 100,000 streams."""

import signal
import subprocess
import time
from statistics import median

from population import Population
from processes import Process
from report import heading, say, table
from server import RedisServer
from weir import Weir

STREAMS = 100_000
# The producer's; all others are as they were filled.
BUSY_STREAMS = 1_000
# As long as the default interval: a poll falls into each.
SECONDS = 5
# Connections, and rounds with so many.
LOADS = ((1, 8), (20, 5))
HEADER = ("connections", "", "XADD/s", "p50, us", "p99, us", "p99.9, us")
MOST_LOST = 0.03
MOST_SLOWER = 0.10


def produce(tools, server, connections, seconds=SECONDS):
    """XADDs per second, and percentiles of their latency in microseconds."""
    command = [tools.load, server.port, seconds, connections, BUSY_STREAMS, 100, 100]
    output = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=True, timeout=60).stdout
    return [float(word) for word in output.split()]


class Beside:
    """Lets a process run while this lasts; otherwise it is stopped, and takes nothing."""

    def __init__(self, process):
        self.process = process
        if process:
            process.popen.send_signal(signal.SIGCONT)
            # It is awake, and does not begin with what it has missed.
            time.sleep(1)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if self.process:
            stop(self.process)


def stop(process):
    """Not in the middle of an exchange with Redis: it would take its own absence for a server that does not answer."""
    process.settle(3)
    process.popen.send_signal(signal.SIGSTOP)


def measure(tools, server, weir, sleeper, connections, rounds):
    """In turn, so that whatever changes meanwhile changes for all of them."""
    candidates = {"alone": None, "beside weir": weir, "beside a process that sleeps": sleeper}
    results = {name: [] for name in candidates}
    produce(tools, server, connections, 1)
    for turn in range(rounds):
        names = list(candidates)
        # None is always the one after another.
        for name in names[turn % 3 :] + names[: turn % 3]:
            with Beside(candidates[name]):
                results[name].append(produce(tools, server, connections))
    return results


def change(results, name, index):
    """Of the same round, the median over rounds."""
    return median(one[index] / other[index] for one, other in zip(results[name], results["alone"], strict=True)) - 1


def run(tools, limits):
    heading(f"XADD at full speed beside weir on {STREAMS:,} streams")
    rows, findings = [], []
    with RedisServer(tools) as server:
        Population(STREAMS).fill(server)
        with Weir(tools, server.port, {}, STREAMS) as weir, Process(["sleep", "3600"]) as sleeper:
            for _ in range(8):
                poll = weir.poll()
            stop(weir)
            stop(sleeper)
            for connections, rounds in LOADS:
                results = measure(tools, server, weir, sleeper, connections, rounds)
                for name, runs in results.items():
                    rows.append((connections, name, *(median(values) for values in zip(*runs, strict=True))))
                findings.append((connections, results))
        slow = server.slow_commands()
    say(f"weir at its defaults: {poll.sampled:,} of the streams in a poll, in {poll.seconds * 1000:.0f} ms.")
    table(HEADER, rows)
    for connections, results in findings:
        who = f"{connections} connection{'s' if connections > 1 else ''}"
        for name in ("beside weir", "beside a process that sleeps"):
            lost, slower = -change(results, name, 0), change(results, name, 2)
            say(f"- {who}, {name}: {lost * 100:.1f} % of the throughput lost, p99 {slower * 100:+.1f} %.")
            if name == "beside weir":
                limits.hold(f"{who}: throughput lost is under {MOST_LOST:.0%}: {lost:.1%}", lost < MOST_LOST)
                limits.hold(f"{who}: p99 rises by less than {MOST_SLOWER:.0%}: {slower:.1%}", slower < MOST_SLOWER)
    limits.slow_commands(slow)
