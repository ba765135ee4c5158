# SPDX-License-Identifier: MIT
"""Chromium without a window, spoken to over the DevTools protocol on a pair
of pipes: JSON messages, each ended by NUL. Standard library only."""
import base64
import fcntl
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
    "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--disable-dev-shm-usage", "--hide-scrollbars",
    "--force-color-profile=srgb", "--lang=en-US", "--remote-debugging-pipe")


def find():
    """The program's path; without one the test is skipped."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    print(f"SKIP: none of {', '.join(NAMES)} is installed")
    sys.exit(77)


class Failed(Exception):
    """The browser did not do what it was told, or the page threw."""


class Browser:
    """One browser with a fresh profile. Use as a context."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="runde-browser-")
        commands, self.to_browser = os.pipe()
        self.from_browser, answers = os.pipe()

        def place():
            # The browser reads from 3 and writes to 4; by way of numbers
            # that are neither.
            ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10)
                    for end in (commands, answers)]
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        with open(pathlib.Path(self.profile) / "log", "wb") as log:
            self.process = subprocess.Popen(
                [find(), *ARGUMENTS, f"--user-data-dir={self.profile}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=place, close_fds=False)
        os.close(commands)
        os.close(answers)
        self.buffer = b""
        self.last = 0
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (Failed, OSError):
            pass
        os.close(self.to_browser)
        os.close(self.from_browser)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _read(self, until):
        """The next message, or None when the time is up."""
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.from_browser], [], [],
                                        max(0, until - time.monotonic()))
            if not ready:
                return None
            got = os.read(self.from_browser, 1 << 20)
            if not got:
                raise Failed("the browser has gone")
            self.buffer += got
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, timeout=60, **parameters):
        """What a command of the protocol answers."""
        self.last += 1
        number = self.last
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to_browser, data):]
        until = time.monotonic() + timeout
        while True:
            answer = self._read(until)
            if answer is None:
                raise Failed(f"{method}: no answer in {timeout} s")
            if answer.get("id") == number:
                if "error" in answer:
                    raise Failed(f"{method}: {answer['error']}")
                return answer.get("result", {})
            self.events.append(answer)

    def open(self, path, **size):
        return Page(self, path, **size)


class Page:
    """A file in a tab. What it asks the network for and what it complains
    of is kept."""

    def __init__(self, browser, path, width=1440, height=900, timed=False):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")
        self.target = target["targetId"]
        self.session = browser.call("Target.attachToTarget",
                                    targetId=self.target,
                                    flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width,
                  height=height, deviceScaleFactor=1, mobile=False)
        if timed:
            # Of the thread, not of a busy machine's clock.
            self.call("Performance.enable", timeDomain="threadTicks")
        self.url = path if str(path).startswith("http") else \
            pathlib.Path(path).resolve().as_uri()
        self.call("Page.navigate", url=self.url)
        self.wait("document.readyState === 'complete' && "
                  "performance.getEntriesByName('ready').length > 0")

    def call(self, method, **parameters):
        return self.browser.call(method, session=self.session, **parameters)

    def run(self, script):
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=script,
                           returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise Failed(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, condition, timeout=60):
        until = time.monotonic() + timeout
        while not self.run(condition):
            if time.monotonic() > until or self._events(
                    "Runtime.exceptionThrown"):
                raise Failed(f"never true: {condition}; {self.complaints()}")
            time.sleep(0.02)

    def settle(self):
        """Lets what the page does a moment later happen."""
        self.run("new Promise(done => setTimeout(done, 60))")

    def _events(self, *methods):
        self.settle()
        return [event["params"] for event in self.browser.events
                if event.get("sessionId") == self.session
                and event["method"] in methods]

    def complaints(self):
        """Console messages, uncaught exceptions, refusals of the policy."""
        return [json.dumps(event) for event in self._events(
            "Runtime.consoleAPICalled", "Runtime.exceptionThrown",
            "Log.entryAdded")]

    def requests(self):
        """Addresses asked for, but for the file itself."""
        asked = [event["request"]["url"] for event in
                 self._events("Network.requestWillBeSent")]
        return [url for url in asked if url != self.url]

    def ready_after(self):
        """Milliseconds from the start until everything was there."""
        return self.run("performance.getEntriesByName('ready')[0].startTime")

    def screenshot(self, path, whole=False):
        data = self.call("Page.captureScreenshot", format="png",
                         captureBeyondViewport=whole)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def picture(self, selector):
        """The PNG of an element, as far as it is in the window."""
        clip = self.run("(() => { const b = document.querySelector("
                        f"{json.dumps(selector)}).getBoundingClientRect();"
                        "return { x: Math.max(0, b.x) + scrollX,"
                        " y: Math.max(0, b.y) + scrollY, scale: 1,"
                        " width: b.width, height: Math.min(b.height,"
                        " innerHeight) }; })()")
        return base64.b64decode(self.call(
            "Page.captureScreenshot", format="png", clip=clip)["data"])

    def pdf(self):
        return base64.b64decode(self.call(
            "Page.printToPDF", preferCSSPageSize=True,
            printBackground=False)["data"])

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)
