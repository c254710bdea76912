"""A server that says what a check wants weir to have said, around the page as weir puts it together."""

import base64
import contextlib
import copy
import email.utils
import hashlib
import http.server
import json
import pathlib
import threading
import time

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources/StatusPage/Resources"
# As Sources/StatusPage puts them together.
SCRIPTS = (
    "dom",
    "words",
    "command",
    "api",
    "sparkline",
    "model",
    "group",
    "trouble",
    "lately",
    "table",
    "servers",
    "remediation",
    "main",
)


def bare(text):
    """Without what only its reader needs: indentation, and lines that are a comment."""
    lines = (line.lstrip(" ") for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def page():
    """The document, and its policy."""
    style = (RESOURCES / "page.css").read_text()
    script = "".join(bare((RESOURCES / f"{name}.js").read_text()) for name in SCRIPTS)
    html = (RESOURCES / "page.html").read_text().replace("/*style*/", style).replace("/*script*/", script)

    def digest(text):
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    policy = (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return html.encode(), policy


class Weir(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, scene, prefix=""):
        self.prefix = prefix
        # Its clock is ahead of the browser's by so much.
        self.shift = 0.0
        # "well", "silent" (it takes the next request and never answers), "gone" (it hangs up), or a status.
        self.mood = "well"
        self.moods = {}
        # The time that its figures have stopped at; None: they are always new.
        self.stopped = None
        self.paths = []
        self.asked = []
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.show(scene)
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_address[1]}{prefix}/"

    def show(self, scene):
        self.scene = copy.deepcopy(scene)
        self.cached = None

    def handle_error(self, request, client_address):
        pass

    def now(self):
        return time.time() + self.shift

    def document(self, part):
        at = self.stopped or self.now()
        scene = self.scene[part]
        if part == "snapshot":
            scene["time"] = at
            for target in scene["targets"]:
                if target.get("last_poll") is not None and not target.get("is_late"):
                    target["last_poll"] = at
        else:
            scene["time"] = self.now()
        return json.dumps(scene).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return email.utils.formatdate(self.server.now(), usegmt=True)

    def do_GET(self):  # The library's name.
        weir = self.server
        path, _, query = self.path.removeprefix(weir.prefix).partition("?")
        if not self.path.startswith(weir.prefix):
            path = "?"
        weir.paths.append(self.path)
        if path == "/":
            html, policy = page()
            return self.answer(200, html, "text/html; charset=utf-8", policy)
        if not path.startswith("/api/v1/"):
            return self.answer(404, b"there is nothing here", "text/plain")
        with weir.lock:
            weir.at_once += 1
            weir.most_at_once = max(weir.most_at_once, weir.at_once)
            weir.asked.append((path.removeprefix("/api/v1/"), query, time.monotonic()))
        try:
            part = path.removeprefix("/api/v1/")
            mood = weir.moods.get(part, weir.mood)
            if mood == "silent":
                # Once.
                weir.mood = "well"
                # Until the browser gives up.
                with contextlib.suppress(OSError):
                    self.connection.settimeout(30)
                    self.connection.recv(1)
                self.close_connection = True
                return None
            if mood == "gone":
                self.close_connection = True
                return None
            if isinstance(mood, int):
                return self.answer(mood, b"{}", "application/json")
            body = weir.document(part)
            return self.answer(200, body, "application/json")
        finally:
            with weir.lock:
                weir.at_once -= 1

    def answer(self, status, body, kind, policy=None):
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        is_same = self.headers.get("If-None-Match") == tag
        self.send_response(304 if is_same else status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("ETag", tag)
        if policy:
            self.send_header("Content-Security-Policy", policy)
        if not is_same:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not is_same:
            self.wfile.write(body)
