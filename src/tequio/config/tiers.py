"""The three tiers of tests: at every save, at every merge, and the long proofs.

`./tequio test`         SQLite in memory, two workers, under five minutes.
`./tequio test --ci`    adds what takes long, PostgreSQL, SQLite in a file and the browser;
                        a skip is a failure.
`./tequio test --deep`  long proofs, whose results are kept under docs/proofs.

Everything else on the line goes to pytest: `./tequio test -k folio tests/unit`.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tequio.config import cluster, say
from tequio.config.environment import ROOT

_WORKERS: Final = ("-n", "2", "--dist", "worksteal")
_NOT_UNDERSTOOD: Final = 4  # pytest's code for words that it does not know
_NO_TESTS: Final = 5  # pytest's code for "nothing was collected"


@dataclass(frozen=True, slots=True)
class Part:
    """One run of pytest."""

    title: str
    options: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)


def run(argv: Sequence[str]) -> int:
    """Run a tier and return the exit code; the last line shown is pytest's own summary."""
    extra = [word for word in argv if word not in {"--ci", "--deep"}]
    with _data_folder() as variables:
        if "--ci" in argv:
            return _run_all(extra, variables)
        if "--deep" in argv:
            part = Part("Pruebas largas", (*_WORKERS, "-m", "deep"))
        else:
            # Starting two workers takes longer than the few tests that a person names.
            part = Part("Pruebas", () if extra else _WORKERS)
        return _pytest(part, extra, variables)


def parts(address: str) -> list[Part]:
    """Return what continuous integration runs, in order; `address` is PostgreSQL's."""
    strict = "--no-skips"
    quick = "not browser and not deep and not sqlite_file"
    return [
        Part("Todo, con SQLite", (*_WORKERS, strict, "-m", f"{quick} and not postgres")),
        Part(
            "Lo que toca la base de datos, con PostgreSQL",
            (*_WORKERS, strict, "--only-database", "-m", quick),
            {"TEQUIO_DATABASE": address},
        ),
        Part("Varios procesos sobre un archivo de SQLite", (strict, "-m", "sqlite_file")),
        Part("Recorridos en el navegador", (*_WORKERS, strict, "-m", "browser")),
    ]


def _run_all(extra: Sequence[str], variables: Mapping[str, str]) -> int:
    try:
        with _postgres() as address:
            failed = [p.title for p in parts(address) if not _succeeds(p, extra, variables)]
    except cluster.NoPostgresError as error:
        say.line(str(error))
        return 1
    if failed:
        say.line(f"\nFallaron {len(failed)} partes: " + "; ".join(failed))
    return 1 if failed else 0


@contextlib.contextmanager
def _postgres() -> Iterator[str]:
    """Yield the server that TEQUIO_TEST_POSTGRES names, else a private one."""
    named = os.environ.get("TEQUIO_TEST_POSTGRES")
    if named:
        yield named
        return
    with cluster.running() as address:
        yield address


def _succeeds(part: Part, extra: Sequence[str], variables: Mapping[str, str]) -> bool:
    code = _pytest(part, extra, variables)
    # A part without tests is a hole, unless the person chose some tests by name.
    return code == 0 or (code == _NO_TESTS and bool(extra))


def _pytest(part: Part, extra: Sequence[str], variables: Mapping[str, str]) -> int:
    say.heading(part.title)
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", *part.options, *extra]
    # The launcher's variables (PYTHONPATH, PYTHONSAFEPATH) go on to pytest and its workers.
    passed = {**os.environ, **variables, **part.variables}
    # Tests start many short processes, and compiling everything anew for each takes minutes.
    passed.pop("PYTHONDONTWRITEBYTECODE", None)
    code = subprocess.run(command, cwd=ROOT, env=passed, check=False).returncode
    if code == _NOT_UNDERSTOOD:
        say.line(
            f"No se entendió «{' '.join(extra)}»: una carpeta que no existe o una opción mal "
            "escrita. Por ejemplo: ./tequio test -k folio tests/unit"
        )
    elif code == _NO_TESTS and extra:
        say.line(f"Ninguna prueba se llama como «{' '.join(extra)}».")
    elif code:
        say.line(f"{part.title}: código {code} en {time.monotonic() - began:.0f} s")
    return code


@contextlib.contextmanager
def _data_folder() -> Iterator[dict[str, str]]:
    """Keys and files of a test run never touch those of the installation."""
    with tempfile.TemporaryDirectory(prefix="tequio-test-") as folder:
        yield {
            "TEQUIO_MODE": "test",
            "TEQUIO_DATA": str(Path(folder)),
            "TEQUIO_DATABASE": "",
            "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
        }
