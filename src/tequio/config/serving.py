"""Keeps the web server and the worker running until asked to stop."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tequio.config import boot, environment, say, together
from tequio.config.words import gettext as _
from tequio.ui import apart

LOOPBACK: Final = "127.0.0.1"
_PATIENCE: Final = 30.0
_LASTS: Final = 10.0
_LONGEST_PAUSE: Final = 30.0
# A heap for each thread that answers: in the one from before the fork they would fill small gaps
# and copy a shared page for every gap. What is freed goes back.
_THRIFT: Final = {"MALLOC_ARENA_MAX": "3", "MALLOC_TRIM_THRESHOLD_": "131072"}
_KILL: Final = getattr(signal, "SIGKILL", signal.SIGTERM)


@dataclass(slots=True)
class Supervised:
    """One process that is started again if it dies, but not in a frenzy."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default=0.0)
    restarts: int = field(default=0)
    _quick: int = field(default=0)

    def start(self) -> None:
        """Start the process in its own group, so that Ctrl+C reaches it through us only."""
        self.started = time.monotonic()
        # The web server puts its own folder first on the path, and in ours a tequio.py lies.
        self.process = subprocess.Popen(
            self.command,
            cwd=environment.ROOT / "src",
            start_new_session=True,
            env={**_THRIFT, **os.environ},
        )

    def check(self, stop: threading.Event) -> None:
        """Start it again if it is gone; wait longer each time that it does not last."""
        if self.process is None or self.process.poll() is None:
            return
        say.line(
            _("%(name)s se detuvo (código %(code)s); vuelve a empezar.")
            % {"name": self.name, "code": self.process.returncode}
        )
        # Its children outlive a process that was killed, and would go on holding the port.
        self._signal_group(_KILL)
        lasted = time.monotonic() - self.started
        self._quick = self._quick + 1 if lasted < _LASTS else 0
        if not stop.wait(min(_LONGEST_PAUSE, 0.2 * 2**self._quick)):
            self.restarts += 1
            self.start()

    def again(self) -> None:
        """Stop it and start it, as for a new certificate."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Ask it to finish what it is doing; insist after ten seconds."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=10)
        self._signal_group(_KILL)

    def _signal_group(self, number: int) -> None:
        if self.process is not None and hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)
        elif self.process is not None:
            self.process.kill()
        if self.process is not None:
            self.process.wait(timeout=10)


@dataclass(frozen=True, slots=True)
class Site:
    """Where pages are served, and with which certificate."""

    port: int
    host: str = LOOPBACK
    name: str = "localhost"
    certificate: Path | None = None
    key: Path | None = None
    authority: Path | None = None
    # How many processes answer. Where SQLite is not safe for two writers it is always one.
    processes: int = 2


def serve(
    port: int,
    *,
    ready: Callable[[], None],
    idle: Callable[[], None] | None = None,
    processes: int = 1,
) -> None:
    """Run a demonstration's web server and worker until a signal.

    It has one visitor: a second process would only take memory from a small machine.
    """
    site = Site(port, processes=processes)
    supervise(site_and_work(site), site, ready=ready, idle=idle)


def supervise(
    everyone: Sequence[Supervised],
    site: Site,
    *,
    ready: Callable[[], None],
    idle: Callable[[], None] | None = None,
) -> None:
    """Keep processes running until a signal; `ready` is called when pages answer."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with drawing() as more:
        everyone = [*more, *everyone]
        try:
            for one in everyone:
                one.start()
            if _answers(site, stop):
                ready()
            while not stop.wait(1.0):
                for one in everyone:
                    one.check(stop)
                if idle is not None:
                    idle()
        finally:
            for one in everyone:
                one.stop()


def web_command(site: Site) -> list[str]:
    """Return the web server's command: one process where SQLite is not safe for two writers."""
    safe = boot.sqlite_is_safe() or os.environ.get("TEQUIO_DATABASE")
    workers = site.processes if safe else 1
    threads = 2 if workers > 1 else 3
    command = [
        sys.executable, "-m", "tequio.config.web", "--interface", "wsgi", "--host", site.host,
        "--port", str(site.port), "--workers", str(workers), "--blocking-threads", str(threads),
        "--backlog", "1024", "--no-ws", "--log-level", "error", "--respawn-failed-workers",
    ]  # fmt: skip
    if site.certificate and site.key:
        # Telephones older than Android 10 speak 1.2 at most.
        command += ["--ssl-certificate", str(site.certificate), "--ssl-keyfile", str(site.key)]
        command += ["--ssl-protocol-min", "tls1.2"]
    return [*command, "tequio.config.wsgi:application"]


def site_and_work(site: Site) -> list[Supervised]:
    """Return the site and the background work, forked from one process where that is possible."""
    command = web_command(site)
    if together.possible():
        both = [*command[:3], together.FLAG, *command[3:]]
        return [Supervised(_("El sitio y el trabajo de fondo"), both)]
    return [
        Supervised(_("El sitio"), command),
        Supervised(_("El trabajo de fondo"), worker()),
    ]


def worker() -> list[str]:
    """Return the worker's command."""
    return [sys.executable, "-m", "tequio", "worker"]


@contextlib.contextmanager
def drawing() -> Iterator[list[Supervised]]:
    """Yield the process that draws and prints for the others, where there can be one."""
    if not apart.possible():
        yield []
        return
    # A folder of its own, 0700, and short: the address of a socket has no room for more.
    with tempfile.TemporaryDirectory(prefix="tequio-") as folder:
        # The others inherit it; in the data folder's name it might not fit.
        address = os.environ[apart.ADDRESS] = str(Path(folder) / "apart")
        yield [Supervised(_("El dibujo"), [sys.executable, "-m", "tequio.ui.apart", address])]
        os.environ.pop(apart.ADDRESS, None)


def free(port: int) -> bool:
    """Tell whether nobody listens on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _answers(site: Site, stop: threading.Event) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and not stop.is_set():
        if _asks(site):
            return True
        stop.wait(0.2)
    return False


def _asks(site: Site) -> bool:
    """Ask once, and take any answer for one; a redirect to where nobody listens counts too."""
    try:
        if site.authority:
            trust = ssl.create_default_context(cafile=str(site.authority))
            door: http.client.HTTPConnection = http.client.HTTPSConnection(
                LOOPBACK, site.port, timeout=2, context=trust
            )
        else:
            door = http.client.HTTPConnection(LOOPBACK, site.port, timeout=2)
        door.request("GET", "/entrar/", headers={"Host": site.name})
        door.getresponse().close()
        door.close()
    except (OSError, http.client.HTTPException):
        return False
    return True
