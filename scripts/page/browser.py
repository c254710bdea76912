"""A headless Chromium, driven over its own debugging pipe: nothing but Chromium is needed for it."""

import base64
import itertools
import json
import os
import pathlib
import queue
import subprocess
import tempfile
import threading


class Browser:
    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        # Chromium reads its commands from 3, and answers in 4.
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        for end in (theirs_in, theirs_out):
            os.set_inheritable(end, True)
        self.process = subprocess.Popen(
            [
                "sh",
                "-c",
                f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}',
                "sh",
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--remote-debugging-pipe",
                f"--user-data-dir={self.profile.name}",
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--lang=en-GB",
                "about:blank",
            ],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TZ": "Europe/Berlin"},
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.out = os.fdopen(ours_out, "wb")
        self.into = os.fdopen(ours_in, "rb")
        self.ids = itertools.count(1)
        self.answers = {}
        self.events = {}
        self.lock = threading.Lock()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        rest = b""
        while chunk := os.read(self.into.fileno(), 1 << 20):
            *messages, rest = (rest + chunk).split(b"\0")
            for text in messages:
                message = json.loads(text)
                if "id" in message:
                    self.answers[message["id"]].put(message)
                elif listener := self.events.get(message.get("sessionId")):
                    listener(message["method"], message["params"])

    def send(self, method, params=None, session=None):
        number = next(self.ids)
        self.answers[number] = queue.Queue()
        message = {"id": number, "method": method, "params": params or {}}
        if session:
            message["sessionId"] = session
        with self.lock:
            self.out.write(json.dumps(message).encode() + b"\0")
            self.out.flush()
        answer = self.answers[number].get(timeout=30)
        del self.answers[number]
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def close(self):
        self.send("Browser.close")
        self.process.wait(10)
        self.profile.cleanup()


class Tab:
    """One page of its own, and all that it asked for and complained about."""

    def __init__(self, browser, width=1280, height=900, scheme="light", is_phone=False):
        self.browser = browser
        target = browser.send("Target.createTarget", {"url": "about:blank"})["targetId"]
        self.target = target
        self.session = browser.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self.requests = []
        self.complaints = []
        browser.events[self.session] = self.hear
        for domain in ("Page", "Runtime", "Network", "Log", "Accessibility"):
            self.send(f"{domain}.enable")
        self.send(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone},
        )
        self.scheme(scheme)
        self.send(
            "Page.addScriptToEvaluateOnNewDocument",
            {
                "source": """
            window.violations = [];
            document.addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI));
        """
            },
        )

    def send(self, method, params=None):
        return self.browser.send(method, params, self.session)

    def hear(self, method, params):
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif (
            method == "Log.entryAdded"
            and params["entry"]["level"] == "error"
            and params["entry"]["source"] != "network"
        ):
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            self.complaints.append(str(params["args"]))

    def scheme(self, name):
        self.send("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": name}]})

    def size(self, width, height, is_phone=False):
        self.send(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone},
        )

    def open(self, url):
        self.send("Page.navigate", {"url": url})

    def run(self, script):
        """What the expression or promise comes to."""
        answer = self.send(
            "Runtime.evaluate", {"expression": script, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(f"{script}: {details.get('exception', {}).get('description', details['text'])}")
        return answer["result"].get("value")

    def until(self, condition, seconds=10):
        """Waits until the expression is true; false where it does not come to that."""
        return self.run(f"""new Promise((done) => {{
            const end = performance.now() + {seconds * 1000};
            const look = () => {{
                let is = false;
                try {{ is = Boolean({condition}); }} catch {{ is = false; }}
                if (is || performance.now() > end) done(is); else setTimeout(look, 15);
            }};
            look();
        }})""")

    def key(self, name, modifiers=0):
        codes = {"Tab": 9, "Enter": 13, " ": 32, "End": 35, "Home": 36, "ArrowUp": 38, "ArrowDown": 40}
        press = {
            "key": name,
            "code": "Space" if name == " " else name,
            "windowsVirtualKeyCode": codes[name],
            "modifiers": modifiers,
        }
        text = {"Enter": "\r", " ": " "}.get(name)
        self.send(
            "Input.dispatchKeyEvent",
            {**press, "type": "keyDown" if text else "rawKeyDown", **({"text": text} if text else {})},
        )
        self.send("Input.dispatchKeyEvent", {**press, "type": "keyUp"})

    def write(self, text):
        self.send("Input.insertText", {"text": text})

    def shot(self, folder, name, is_whole=False):
        if folder is None:
            return
        data = self.send("Page.captureScreenshot", {"captureBeyondViewport": is_whole})["data"]
        (pathlib.Path(folder) / f"{name}.png").write_bytes(base64.b64decode(data))

    def tree(self):
        """The accessibility tree: role and name of all that is not left out."""
        nodes = self.send("Accessibility.getFullAXTree")["nodes"]
        return [(n["role"]["value"], n.get("name", {}).get("value", ""), n) for n in nodes if not n["ignored"]]

    def close(self):
        self.browser.send("Target.closeTarget", {"targetId": self.target})
