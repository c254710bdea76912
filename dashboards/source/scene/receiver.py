"""Takes what a webhook sends, on a free loopback port, which it says."""

from http.server import BaseHTTPRequestHandler, HTTPServer


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing: what was sent is in weir's metrics."""


with HTTPServer(("127.0.0.1", 0), Receiver) as server:
    print(f"listening port={server.server_port}", flush=True)
    server.serve_forever()
