"""Runs the benchmarks that are named; scripts/bench starts it, with the programs that it compares."""

import argparse
import importlib
import os
import pathlib
import platform
import signal
import sys
import tempfile
import time

from report import Limits, heading, say
from tools import Tools

NAMES = ("peers", "sizes", "payload", "delay", "disturb", "growth", "pel", "idle", "page")


def machine():
    """The processor, how many there are, the system."""
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} x {models[0] if models else platform.machine()}, Linux {platform.release()}, load {load:.1f}"
    )


def described():
    """The benchmarks, each with the first line of what it says of itself."""
    return [f"{name:8} {importlib.import_module(name).__doc__.splitlines()[0]}" for name in NAMES]


def arguments():
    parser = argparse.ArgumentParser()
    for program in ("weir", "exporter", "floor", "proxy", "load"):
        parser.add_argument(f"--{program}", type=pathlib.Path, required=True)
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="NAME")
    return parser.parse_args()


def main():
    # Ended from outside it ends what it has started.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    if sys.argv[1:] == ["--list"]:
        print("\n".join(described()))
        return 0
    options = arguments()
    limits = Limits()
    say(f"{time.strftime('%Y-%m-%d %H:%M')}, {machine()}")
    with tempfile.TemporaryDirectory() as folder:
        tools = Tools(options.weir, options.exporter, options.floor, options.proxy, options.load, pathlib.Path(folder))
        for name in options.names or NAMES:
            start = time.monotonic()
            importlib.import_module(name).run(tools, limits)
            say(f"\n({name}: {time.monotonic() - start:.0f} s)")
    heading("Limits")
    for what in limits.broken:
        say(f"- DOES NOT HOLD: {what}")
    if not limits.broken:
        say("All limits hold.")
    return 1 if limits.broken else 0


sys.exit(main())
