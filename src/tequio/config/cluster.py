"""A private PostgreSQL server for the tests: made in a temporary folder, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

# Nothing here outlives the run, so nothing has to survive a power cut.
_FAST: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_USER: Final = "tequio"


class NoPostgresError(RuntimeError):
    """Why no server could be started, as a sentence."""


def find_programs() -> Path | None:
    """Return the newest folder that holds initdb and pg_ctl; Debian keeps it off the PATH."""
    installed = [Path(p) for p in Path("/usr/lib/postgresql").glob("*/bin")]
    installed.sort(key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        installed.append(Path(on_path).resolve().parent)
    for folder in installed:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Start a server on the loopback and yield its address; stop and remove it at the end.

    `durable` makes it wait for the disk, as a real one does: for measuring.
    """
    programs = find_programs()
    if programs is None:
        raise NoPostgresError(
            "PostgreSQL no está instalado (en Debian o Ubuntu: sudo apt install postgresql)."
        )
    folder = Path(tempfile.mkdtemp(prefix="tequio-pg-"))
    try:
        prefix = _as_ordinary_user(folder)
        data, port = folder / "data", _free_port()
        _run(prefix, folder, [str(programs / "initdb"), "-D", str(data), *_initdb_options()])
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-t", "60"]
        options = _server_options(folder, port, durable=durable)
        _run(prefix, folder, [*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://{_USER}@127.0.0.1:{port}/tequio"
        finally:
            _run(prefix, folder, [*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initdb_options() -> list[str]:
    return ["-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]


def _server_options(folder: Path, port: int, *, durable: bool) -> str:
    settings = (
        *(() if durable else _FAST),
        f"port={port}",
        "listen_addresses=127.0.0.1",
        f"unix_socket_directories={folder}",
        "max_connections=60",
    )
    return " ".join(f"-c {setting}" for setting in settings)


def _as_ordinary_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the user its package made."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        with contextlib.suppress(LookupError):
            shutil.chown(folder, name)
            return ["runuser", "-u", name, "--"]
    raise NoPostgresError("PostgreSQL no corre como root y no hay un usuario «postgres».")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(prefix: Sequence[str], folder: Path, command: Sequence[str]) -> None:
    # pg_ctl leaves a server behind that would hold a pipe open: the output goes to a file.
    output = folder / "output"
    with output.open("wb") as sink:
        done = subprocess.run(
            [*prefix, *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
    if done.returncode:
        log = folder / "log"
        said = output.read_text(errors="replace") + (log.read_text() if log.exists() else "")
        raise NoPostgresError(f"PostgreSQL no pudo arrancar:\n{said[-3000:]}")
