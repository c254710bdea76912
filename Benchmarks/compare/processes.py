"""Programs that a benchmark starts, and what they take: all end with it, by their IDs."""

import ctypes
import pathlib
import signal
import socket
import subprocess
import time

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


def die_with_parent():
    """Also where the benchmark is killed and can end nobody itself."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Process:
    def __init__(self, arguments, **options):
        self.name = pathlib.Path(arguments[0]).name
        self.popen = subprocess.Popen(
            [str(argument) for argument in arguments],
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent,
            **options,
        )
        self.pid = self.popen.pid

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.end()

    def end(self):
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(5)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()

    def lives(self):
        return self.popen.poll() is None

    def cpu(self):
        """Seconds of processor time of all its threads, also of those that have ended: /proc/PID/stat tells the same
        in steps of 10 ms."""
        # How clock_getcpuclockid puts the clock of a process together.
        return time.clock_gettime(~self.pid << 3 | 2)

    def settle(self, most=5):
        """Waits until it has nothing more to do, for at most so many seconds."""
        end, quiet = time.monotonic() + most, 0
        # Twice: once it may just not have had its turn on a processor.
        while time.monotonic() < end and quiet < 2:
            before = self.cpu()
            time.sleep(0.1)
            quiet = quiet + 1 if self.cpu() - before < 0.001 else 0

    def memory(self, name):
        """Bytes, of a line of /proc/PID/status: VmHWM is the peak, RssAnon what is its own at present."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
        raise KeyError(name)

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.pid}/clear_refs").write_text("5")
