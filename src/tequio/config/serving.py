"""Keeps the web server and the worker running until asked to stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tequio.config import boot, environment, say

LOOPBACK: Final = "127.0.0.1"
_PATIENCE: Final = 30.0


@dataclass(slots=True)
class Supervised:
    """One process that is started again if it dies, but not in a frenzy."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default=0.0)

    def start(self) -> None:
        """Start the process in its own group, so that Ctrl+C reaches it through us only."""
        self.started = time.monotonic()
        # The web server puts its own folder first on the path, and in ours a tequio.py lies.
        self.process = subprocess.Popen(
            self.command, cwd=environment.ROOT / "src", start_new_session=True
        )

    def check(self) -> None:
        """Start it again if it is gone."""
        if self.process is not None and self.process.poll() is not None:
            say.line(f"{self.name} se detuvo (código {self.process.returncode}); vuelve a empezar.")
            time.sleep(max(0.0, 2.0 - (time.monotonic() - self.started)))
            self.start()

    def stop(self) -> None:
        """Ask it to finish what it is doing; insist after ten seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def serve(port: int, *, ready: Callable[[], None], idle: Callable[[], None] | None = None) -> None:
    """Run the web server and the worker until a signal; `ready` is called when pages answer."""
    everyone = [
        Supervised("El sitio", web_command(port)),
        Supervised("El trabajo de fondo", worker()),
    ]
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        for one in everyone:
            one.start()
        if _answers(port, stop):
            ready()
        while not stop.wait(1.0):
            for one in everyone:
                one.check()
            if idle is not None:
                idle()
    finally:
        for one in everyone:
            one.stop()


def web_command(port: int) -> list[str]:
    """Return the web server's command: one process where SQLite is not safe for two writers."""
    workers = 2 if boot.sqlite_is_safe() or os.environ.get("TEQUIO_DATABASE") else 1
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", LOOPBACK,
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "2",
        "--backlog", "1024", "--no-ws", "--log-level", "error", "--respawn-failed-workers",
        "tequio.config.wsgi:application",
    ]  # fmt: skip


def worker() -> list[str]:
    """Return the worker's command."""
    return [sys.executable, "-m", "tequio", "worker"]


def free(port: int) -> bool:
    """Tell whether nobody listens on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _answers(port: int, stop: threading.Event) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and not stop.is_set():
        try:
            urllib.request.urlopen(f"http://{LOOPBACK}:{port}/entrar/", timeout=2).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False
