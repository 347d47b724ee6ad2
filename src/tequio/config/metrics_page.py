"""Figures for Prometheus, on this machine's loopback alone and without anything of anybody.

The supervisor serves them: it sees every process, and it goes on when one of them is down.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from tequio.config import request_counts
from tequio.config.serving import LOOPBACK, Supervised

# Sizes are told this coarsely: to the page, a graph of them would show when somebody wrote behind
# the wall while nobody wrote outside.
_STEP: Final = 64 * 2**20


@contextmanager
def open_at(port: int, folder: Path, everyone: Sequence[Supervised]) -> Iterator[None]:
    """Serve the figures while the site runs; nothing where no port was asked for."""
    request_counts.forget(folder)
    if not port:
        yield
        return
    server = ThreadingHTTPServer((LOOPBACK, port), _handler(folder, everyone))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def text(folder: Path, everyone: Sequence[Supervised]) -> str:
    """Return the figures in Prometheus's text format."""
    lines = ["# TYPE tequio_process_up gauge"]
    for one in everyone:
        up = one.process is not None and one.process.poll() is None
        lines.append(f'tequio_process_up{{process="{one.name}"}} {int(up)}')
    lines.append("# TYPE tequio_process_restarts_total counter")
    lines += [
        f'tequio_process_restarts_total{{process="{one.name}"}} {one.restarts}' for one in everyone
    ]
    usage = shutil.disk_usage(folder)
    database = folder / "tequio.sqlite3"
    size = database.stat().st_size if database.exists() else 0
    gauges = {
        "tequio_disk_free_bytes": usage.free // _STEP * _STEP,
        "tequio_database_bytes": -(-size // _STEP) * _STEP,
    }
    for name, value in gauges.items():
        lines += [f"# TYPE {name} gauge", f"{name} {value}"]
    lines += request_counts.lines(folder)
    return "\n".join(lines) + "\n"


def _handler(folder: Path, everyone: Sequence[Supervised]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            # A page in a browser of this machine must not read them under another name.
            local = (self.headers.get("Host") or "").rsplit(":", 1)[0] in {"localhost", LOOPBACK}
            if self.path != "/metrics" or not local:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            body = text(folder, everyone).encode()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
