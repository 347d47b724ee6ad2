"""Runs every check on both cores, reports all of them, and fails at the end."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Final

from tequio.config import say
from tequio.config.checks import house, licences, texts, wall
from tequio.config.checks.verdict import Check, Verdict, call, program

_PRODUCTION: Final = {"TEQUIO_MODE": "production", "TEQUIO_HOSTS": "tequio.example.org"}

_SHOWN: Final = 60

# The slow ones first, so that the two cores end together.
CHECKS: Final = (
    Check("types", "Tipos (mypy --strict)", program("mypy")),
    Check("launcher", "Tipos del arranque", house.launcher_types),
    Check("texts", "Textos y traducciones", texts.look),
    Check("contracts", "Contratos entre cuartos", house.contracts),
    Check(
        "deploy",
        "Ajustes de producción",
        program("django", "check", "--deploy", "--fail-level", "WARNING", variables=_PRODUCTION),
    ),
    Check(
        "migrations",
        "Migraciones completas",
        program("django", "makemigrations", "--check", "--dry-run"),
    ),
    Check("templates", "Plantillas (djlint)", program("djlint", "src", "--lint", "--quiet")),
    Check(
        "security",
        "Errores de seguridad",
        program("bandit", "-c", "pyproject.toml", "-r", "src", "-ll", "-q"),
    ),
    Check("lint", "Reglas del código (ruff)", program("ruff", "check", "--output-format=concise")),
    Check(
        "format",
        "Formato del código (ruff)",
        program("ruff", "format", "--check", "--output-format=concise"),
    ),
    Check("wall", "Nada mira por encima del muro", wall.look),
    Check("licences", "Licencias de lo que se entrega", licences.look),
    Check("locks", "Versiones fijas sin direcciones", house.locks),
    Check("vendored", "Archivos de terceros intactos", house.vendored),
    Check("length", "Archivos de 400 líneas o menos", house.lengths),
)


def run(argv: Sequence[str]) -> int:
    """Run the named checks, or all; return 1 when one of them found something."""
    if "--accept-vendored" in argv:
        house.accept_vendored()
        return 0
    known = {check.name: check for check in CHECKS}
    if {"-h", "--help"} & set(argv):
        say.line("Uso: ./tequio check [REVISIÓN …]    Sin nombres, todas:\n")
        for check in CHECKS:
            say.line(f"  {check.name:<11} {check.title}")
        return 0
    unknown = [name for name in argv if name not in known]
    if unknown:
        say.line(f"No hay una revisión «{unknown[0]}». Hay: {', '.join(known)}.")
        return 2
    chosen = [known[name] for name in argv] if argv else list(CHECKS)
    return report(chosen, strict=os.environ.get("CI", "").lower() in {"1", "true"})


def report(checks: Sequence[Check], *, strict: bool) -> int:
    """Show each verdict as it comes, then every problem in full, then which checks failed."""
    began = time.monotonic()
    failed: list[tuple[Check, Verdict]] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {pool.submit(_timed, check): check for check in checks}
        for done in as_completed(running):
            check, (verdict, seconds) = running[done], done.result()
            bad = bool(verdict.problems) or (strict and bool(verdict.not_possible))
            mark = "✗" if bad else "–" if verdict.not_possible else "✓"
            note = f"  {verdict.not_possible}" if verdict.not_possible else ""
            say.line(f"  {mark} {check.name:<11} {check.title:<34} {seconds:5.1f} s{note}")
            if bad:
                failed.append((check, verdict))
    for check, verdict in failed:
        say.heading(f"{check.name}: {check.title}")
        say.line(_shortened(verdict.problems or verdict.not_possible, check.name))
    took = time.monotonic() - began
    if failed:
        names = ", ".join(check.name for check, _verdict in failed)
        say.line(f"\nFallaron {len(failed)} de {len(checks)} revisiones ({took:.0f} s): {names}")
        return 1
    say.line(f"\n{len(checks)} revisiones, todo bien ({took:.0f} s).")
    return 0


def _timed(check: Check) -> tuple[Verdict, float]:
    began = time.monotonic()
    try:
        verdict = check.look()
    except Exception as error:  # noqa: BLE001 - a check that breaks must not hide the others
        verdict = Verdict(problems=f"La revisión misma falló: {type(error).__name__}: {error}")
    return verdict, time.monotonic() - began


def _shortened(text: str, name: str) -> str:
    lines = text.splitlines()
    if len(lines) <= _SHOWN or os.environ.get("CI"):
        return text
    rest = len(lines) - _SHOWN
    return "\n".join(lines[:_SHOWN]) + f"\n… y {rest} líneas más: CI=1 ./tequio check {name}"


def messages(argv: Sequence[str]) -> int:
    """Bring the catalogues up to date with the code; `--compile` only compiles them."""
    return texts.gather(argv)


def fix(argv: Sequence[str]) -> int:
    """Mend what a machine can mend: order of imports, simple rules, format."""
    for step in (["ruff", "check", "--fix", "--exit-zero", "--quiet"], ["ruff", "format"]):
        code, output = call([sys.executable, "-m", *step, *argv], {})
        say.line(output)
        if code:
            return code
    return 0
