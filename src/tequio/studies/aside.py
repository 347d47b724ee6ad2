"""The other side of `evidencia.aside`: a child that is given rows and a plan, and nothing else.

It gets an environment of six lines, without the address of the database, the folder of keys or the
secret of the site; no open file of ours; an empty folder to stand in. What it is not given it
cannot lose (docs/adr/0098-what-leaves-on-its-day.md).
"""

from __future__ import annotations

import json
import os
import queue
import subprocess  # nosec B404 -- our own interpreter, our own module, no shell
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from django.utils.translation import gettext as _

import evidencia
from tequio.core.errors import DomainError

EVALUATE: Final = "evidencia.aside"
PRINT: Final = "evidencia.reprint"
# After so many seconds without a word it has gone astray.
SILENCE: Final = 180.0
_LOOKS_EVERY: Final = 0.25
_SOURCES: Final = str(Path(evidencia.__file__).parent.parent)
Tell = Callable[[str, Mapping[str, object]], None]


class Stopped(Exception):
    """Somebody asked to stop: the child is gone, and with it all that it knew."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended: a result as JSON, or None where there was not enough for one to leave."""

    result: str | None


def evaluate(
    *,
    plan: str,
    rows: bytes,
    tell: Tell = lambda _code, _values: None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Evaluate in a child, and give back only what may leave.

    Raises
    ------
    Stopped
        If `stop` said so.
    DomainError
        If the rows do not fit the plan, or the child went astray.
    """
    asked = {"plan": plan, "rows": rows.decode(), "leaving": True}
    with tempfile.TemporaryDirectory() as empty:
        child = _start(EVALUATE, empty)
        try:
            _hand_over(child, asked)
            return _listen(child, tell, stop)
        finally:
            child.kill()
            child.wait()
            _close(child)


def paper(*, result: str, language: str) -> bytes:
    """Print a released result, tagged for whoever cannot see it."""
    asked = json.dumps({"result": result, "language": language}).encode()
    with tempfile.TemporaryDirectory() as empty:
        child = _start(PRINT, empty)
        try:
            made, _none = child.communicate(asked, timeout=SILENCE)
        except subprocess.TimeoutExpired as error:
            raise _astray() from error
        finally:
            child.kill()
            child.wait()
    if not made.startswith(b"%PDF"):
        raise _astray()
    return made


def environment() -> dict[str, str]:
    """Return all that a child knows of the world."""
    return {
        "PYTHONPATH": _SOURCES,
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "POLARS_MAX_THREADS": "1",
    }


def _start(module: str, folder: str) -> subprocess.Popen[bytes]:
    # A system drive has to be named on Windows, or nothing starts there.
    drive = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}
    return subprocess.Popen(  # nosec B603 -- nothing of it comes from a request
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A trace would quote rows.
        stderr=subprocess.DEVNULL,
        env={**environment(), **drive, "TMPDIR": folder},
        cwd=folder,
        close_fds=True,
    )


def _hand_over(child: subprocess.Popen[bytes], asked: Mapping[str, object]) -> None:
    pipe = cast(IO[bytes], child.stdin)
    try:
        pipe.write(json.dumps(asked).encode())
        pipe.close()
    except BrokenPipeError as error:
        raise _astray() from error


def _listen(child: subprocess.Popen[bytes], tell: Tell, stop: Callable[[], bool]) -> Outcome:
    lines = _lines_of(cast(IO[bytes], child.stdout))
    heard = time.monotonic()
    while True:
        if stop():
            raise Stopped
        try:
            line = lines.get(timeout=_LOOKS_EVERY)
        except queue.Empty:
            if time.monotonic() - heard > SILENCE:
                raise _astray() from None
            continue
        heard = time.monotonic()
        if not line.endswith(b"\n"):
            raise _astray()
        said: dict[str, Any] = json.loads(line)
        if "note" not in said:
            return _ended(said)
        tell(str(said["note"]["code"]), said["note"]["values"])


def _lines_of(pipe: IO[bytes]) -> queue.Queue[bytes]:
    """Read on a thread of its own, so that waiting for a line never keeps anybody from stopping.

    The last line is empty: the child is gone.
    """
    found: queue.Queue[bytes] = queue.Queue()

    def read() -> None:
        with suppress(ValueError, OSError):  # closed under our hands: nobody listens any more
            for line in pipe:
                found.put(line)
        found.put(b"")

    threading.Thread(target=read, daemon=True).start()
    return found


def _ended(said: Mapping[str, Any]) -> Outcome:
    if "problem" in said:
        raise DomainError(
            _("Los datos no caben en el plan: %(why)s") % {"why": said["problem"]},
            hint=_("Corrige el plan con una enmienda, o los datos en su lugar, y corre otra vez."),
        )
    return Outcome(None if said.get("withheld") else str(said["result"]))


def _astray() -> DomainError:
    return DomainError(
        _("El cálculo se detuvo sin terminar."),
        hint=_("No se guardó nada. Intenta otra vez; si vuelve a pasar, avisa a quien administra."),
    )


def _close(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
