"""Takes what a webhook sends, on a free loopback port, which it says: receiver.py [FILE]

Appends to the file a line of JSON for each: when it came, to which path, and its body.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Receiver(BaseHTTPRequestHandler):
    kept: Path | None = None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.kept:
            line = json.dumps({"at": time.time(), "path": self.path, "body": json.loads(body)})
            with self.kept.open("a") as file:
                print(line, file=file)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing: what was sent is in weir's metrics."""


if sys.argv[1:]:
    Receiver.kept = Path(sys.argv[1])
with HTTPServer(("127.0.0.1", 0), Receiver) as server:
    print(f"listening port={server.server_port}", flush=True)
    server.serve_forever()
