"""Chromium without a screen, over the DevTools protocol: opens a page, runs scripts, presses keys, takes pictures."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-extensions",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
KEYS = {
    "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36,
    "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
}  # fmt: skip


# The browser reads at 3 and writes at 4.
PIPED = """
import fcntl, os, sys
pipes = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
for number, pipe in zip((3, 4), pipes):
    os.dup2(pipe, number)
os.execvp(sys.argv[3], sys.argv[3:])
"""


class BrowserError(Exception):
    """The browser or a script in the page failed."""


def find() -> str | None:
    """The browser of this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Page:
    """One page of a browser.

    Attributes
    ----------
    requests : list of str
        Addresses asked for since the page was opened, its own first.
    errors : list of str
        Exceptions that nobody caught, and errors written to the console.
    """

    def __init__(self, writer: int, reader: int) -> None:
        self._writer, self._reader = writer, reader
        self._last, self._rest, self._session = 0, b"", ""
        self.requests: list[str] = []
        self.errors: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, *, limit_s: float = 120, **values: Any) -> dict[str, Any]:
        """Ask the browser. Raises BrowserError for its refusal, or where no answer comes."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writer, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + limit_s
        while True:
            reply = self._read(end, method)
            if reply.get("id") != self._last:
                self._note(reply)
            elif "error" in reply:
                raise BrowserError(f"{method}: {reply['error']}")
            else:
                return dict(reply["result"])

    def _read(self, end: float, what: str) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select.select([self._reader], [], [], max(end - time.monotonic(), 0))[0]:
                raise BrowserError(f"{what}: no answer")
            piece = os.read(self._reader, 1 << 20)
            if not piece:
                raise BrowserError(f"{what}: the browser has ended")
            self._rest += piece
        message, self._rest = self._rest.split(b"\0", 1)
        return dict(json.loads(message))

    def _note(self, event: dict[str, Any]) -> None:
        values = event.get("params", {})
        if event.get("method") == "Network.requestWillBeSent":
            address = values["request"]["url"]
            if not address.startswith("data:"):  # the browser's own pictures of its controls
                self.requests.append(address)
        elif event.get("method") == "Runtime.exceptionThrown":
            details = values["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        elif event.get("method") == "Runtime.consoleAPICalled" and values["type"] in ("error", "warning"):
            self.errors.append(" ".join(str(part.get("value", part.get("description"))) for part in values["args"]))
        elif event.get("method") == "Log.entryAdded" and values["entry"]["level"] == "error":
            self.errors.append(values["entry"]["text"])

    def open(self, path: Path, fragment: str = "") -> None:
        """Show a file, at a state of its address."""
        self.call("Page.navigate", url="about:blank")
        self.requests.clear()
        self.errors.clear()
        self.call("Page.navigate", url=path.resolve().as_uri() + (f"#{fragment}" if fragment else ""))

    def run(self, script: str, *, limit_s: float = 120) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        reply = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, limit_s=limit_s)
        if "exceptionDetails" in reply:
            details = reply["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return reply["result"].get("value")

    def until(self, script: str, *, limit_s: float = 60) -> Any:
        """Wait until an expression is true. Raises BrowserError where it never is."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            if value := self.run(script):
                return value
            time.sleep(0.05)
        raise BrowserError(f"never true: {script}")

    def size(self, width: int, height: int, *, ratio: float = 1) -> None:
        """Give the window this size."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=ratio, mobile=False
        )

    def media(self, **features: str) -> None:
        """Emulate preferences, such as prefers_reduced_motion="reduce"."""
        named = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", features=named)

    def key(self, key: str, *, shift: bool = False) -> None:
        """Press a key and let it go."""
        values: dict[str, Any] = {"key": key, "modifiers": 8 if shift else 0}
        values["windowsVirtualKeyCode"] = KEYS.get(key, ord(key[0].upper()))
        text = "\r" if key == "Enter" else key if len(key) == 1 else ""
        self.call(
            "Input.dispatchKeyEvent",
            type="keyDown" if text else "rawKeyDown",
            **values,
            **({"text": text} if text else {}),
        )
        self.call("Input.dispatchKeyEvent", type="keyUp", **values)

    def mouse(
        self, kind: str, x: float, y: float, *, button: str = "none", buttons: int = 0, modifiers: int = 0
    ) -> None:
        """`mousePressed`, `mouseReleased` or `mouseMoved`."""
        self.call(
            "Input.dispatchMouseEvent",
            type=kind,
            x=x,
            y=y,
            button=button,
            buttons=buttons,
            clickCount=1,
            modifiers=modifiers,
        )

    def click(self, x: float, y: float) -> None:
        """Press and let go the left button."""
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, button="left", buttons=1)
        self.mouse("mouseReleased", x, y, button="left")

    def picture(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def pixels(self) -> NDArray[np.uint8]:
        """What the window shows: rows, columns, red green blue."""
        return np.asarray(Image.open(BytesIO(self.picture())).convert("RGB"))


@contextmanager
def _ahead() -> Iterator[None]:
    """Processes started inside go ahead of others, where that is allowed.

    The threads that draw without a graphics card hand many small pieces to each other: on a busy machine each waits its
    turn, and a picture of .2 s takes a minute.
    """
    before, values = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except OSError:
        yield
        return
    try:
        yield
    finally:
        os.sched_setscheduler(0, before, values)


@contextmanager
def browsing(folder: Path, options: Sequence[str] = ()) -> Iterator[Page]:
    """A browser with a profile in `folder`; the test is skipped where this machine has none."""
    program = find()
    if program is None:
        pytest.skip("no Chromium or Chrome on this machine: run 'make develop', or apt-get install chromium")
    child_reader, writer = os.pipe()
    reader, child_writer = os.pipe()
    command = [program, *OPTIONS, *options, f"--user-data-dir={folder}", "about:blank"]
    if os.geteuid() == 0:
        command.insert(1, "--no-sandbox")
    with _ahead():
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", PIPED, str(child_reader), str(child_writer), *command],
            pass_fds=(child_reader, child_writer),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    os.close(child_reader)
    os.close(child_writer)
    try:
        yield Page(writer, reader)
    finally:
        os.close(writer)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(reader)
