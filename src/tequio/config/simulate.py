"""`./tequio simulate --model insp-2010 --seed 1 --out DIR`: an invented programme as files."""

from __future__ import annotations

from tequio.config import one_thread  # isort: skip  # noqa: F401 - before numpy is imported

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from evidencia.simulate.programme import (
    ENDINGS,
    SCENARIOS,
    draw_programme,
    model,
    models,
    write_programme,
)
from tequio.config import say
from tequio.config.options import Options, told
from tequio.config.words import gettext as _

DONE, USAGE = 0, 2
_MOST_MEN = 200_000


class _UsageError(Exception):
    """The words of the command do not fit."""


class _Words(Options):
    """Says what is wrong in one sentence, and never ends the process by itself."""

    def error(self, message: str) -> NoReturn:
        raise _UsageError(told(message))


def run(argv: Sequence[str]) -> int:
    """Simulate: 0 done, 2 the words do not fit or the folder cannot be written."""
    try:
        asked = _parser().parse_args(list(argv))
    except _UsageError as usage:
        say.line(f"{_parser().format_usage()}{usage}")
        return USAGE
    except SystemExit:  # --help has said all.
        return DONE
    try:
        _simulate(asked, Path(asked.out))
    except OSError as error:
        say.line(
            _("No se puede escribir en %(place)s: %(why)s.")
            % {"place": error.filename or asked.out, "why": error.strerror}
        )
        return USAGE
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = _Words(
        "simulate",
        _(
            "Sortea un programa inventado, con su verdad: una tabla CSV por asunto y un README con "
            "cada número y su fuente."
        ),
    )
    add = parser.add_argument
    add("--model", required=True, choices=models(), help=_("en qué programa se inspira"))
    add("--seed", required=True, type=_seed, help=_("un número; el mismo da los mismos archivos"))
    add("--out", required=True, metavar="DIR", help=_("la carpeta en que se escribe"))
    add("--scenario", choices=tuple(SCENARIOS), default="null", help=_scenarios())
    add("--men", type=_men, default=None, help=_("cuántos hombres; si no se dice, los del modelo"))
    add(
        "--ending",
        choices=ENDINGS,
        default="english",
        help=_("cuántos llegaron en 2010: según el resumen en inglés, si no se dice, o en español"),
    )
    add("--leave-at-random", action="store_true", help=_("quien se va se va al azar"))
    add("--language", choices=("es", "en"), default="es", help=_("la lengua del README: es"))
    return parser


def _scenarios() -> str:
    return _(
        "lo que el programa hace de verdad: harm, daña; null, nada, si no se dice; benefit, sirve; "
        "displacement, bajan los golpes y sube el control"
    )


def _seed(text: str) -> int:
    return _whole(text, 0, 2**63 - 1, _("La semilla"))


def _men(text: str) -> int:
    return _whole(text, 1, _MOST_MEN, _("Cuántos hombres"))


def _whole(text: str, least: int, most: int, what: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(
            _("%(what)s: un número entero de %(least)s a %(most)s.")
            % {"what": what, "least": least, "most": f"{most:,}"}
        )
    return number


def _simulate(asked: argparse.Namespace, out: Path) -> None:
    programme = draw_programme(
        model(asked.model),
        scenario=asked.scenario,
        men=asked.men,
        informative=not asked.leave_at_random,
        ending=asked.ending,
        seed=asked.seed,
    )
    # Beside its place first: whoever stops it finds the old files, or the new.
    was_there = out.exists()
    out.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=out))
    try:
        fingerprint = write_programme(programme, draft, seed=asked.seed, language=asked.language)
        for made in sorted(path for path in draft.rglob("*") if path.is_file()):
            place = out / made.relative_to(draft)
            place.parent.mkdir(exist_ok=True)
            made.replace(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if not was_there and not any(out.iterdir()):
            out.rmdir()
    say.line(
        _("Hombres inventados: %(men)s. Archivos en %(place)s")
        % {"men": f"{len(programme.people):,}", "place": out}
    )
    say.line(_("Huella: %(sha256)s") % {"sha256": fingerprint})
