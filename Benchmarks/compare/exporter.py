"""redis_exporter on one Redis."""

import time

from processes import Process, free_port
from scrape import Scraper


class Exporter(Process):
    def __init__(self, tools, redis_port):
        self.port = free_port()
        super().__init__(
            [
                tools.exporter,
                *("-redis.addr", f"redis://127.0.0.1:{redis_port}"),
                *("-check-streams", "*"),
                # Keys for each SCAN: with fewer it is slower.
                *("-check-keys-batch-size", "10000"),
                # For its commands too.
                *("-connection-timeout", "600s"),
                *("-web.listen-address", f"127.0.0.1:{self.port}"),
            ],
            stdout=tools.log("exporter"),
            stderr=tools.log("exporter"),
        )
        self.scraper = Scraper(self.port)
        end = time.monotonic() + 10
        while True:
            try:
                self.scraper.connection.connect()
                return
            except ConnectionRefusedError:
                if not self.lives() or time.monotonic() > end:
                    raise
                time.sleep(0.05)
