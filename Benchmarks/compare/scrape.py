"""Scrapes a page as Prometheus does, and reads it to its end without keeping it."""

import http.client
import threading
import time
from dataclasses import dataclass

BLOCK = 1 << 20


@dataclass(frozen=True)
class Scrape:
    seconds: float
    size: int
    body: bytes | None


class Scraper:
    """One client, with a connection that it keeps."""

    def __init__(self, port, timeout=600):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.block = bytearray(BLOCK)

    def scrape(self, encoding="identity", is_kept=False):
        try:
            return self.attempt(encoding, is_kept)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # Nobody scraped for so long that the connection was given up.
            self.connection.close()
            return self.attempt(encoding, is_kept)

    def attempt(self, encoding, is_kept):
        start = time.monotonic()
        self.connection.request("GET", "/metrics", headers={"Accept-Encoding": encoding})
        answer = self.connection.getresponse()
        if answer.status != 200:
            raise ConnectionError(f"the page's status is {answer.status}")
        size, kept = 0, []
        while count := answer.readinto(self.block):
            size += count
            if is_kept:
                kept.append(bytes(self.block[:count]))
        return Scrape(time.monotonic() - start, size, b"".join(kept) if is_kept else None)


class Clients:
    """Several clients that scrape one page after the other, until they are stopped or have had so many each."""

    def __init__(self, port, encodings, most=None):
        self.seconds = []
        self.failures = []
        self.most = most
        self.stopped = threading.Event()
        self.start = time.monotonic()
        self.threads = [threading.Thread(target=self.run, args=(port, encoding)) for encoding in encodings]
        for thread in self.threads:
            thread.start()

    def run(self, port, encoding):
        try:
            scraper = Scraper(port)
            done = 0
            while not self.stopped.is_set() and done != self.most:
                self.seconds.append(scraper.scrape(encoding).seconds)
                done += 1
        except (OSError, http.client.HTTPException) as error:
            self.failures.append(error)

    def stop(self):
        self.stopped.set()
        return self.wait()

    def wait(self):
        """Scrapes per second, of all of them."""
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]
        return len(self.seconds) / (time.monotonic() - self.start)
