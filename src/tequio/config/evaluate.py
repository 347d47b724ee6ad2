"""`./tequio evaluate DATA --plan PLAN.toml --out DIR`: the whole evaluation, page and data."""

from __future__ import annotations

from tequio.config import one_thread  # isort: skip  # noqa: F401 - before numpy is imported

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from evidencia.analysis import evaluate
from evidencia.findings import find
from evidencia.frames import read_frame
from evidencia.plans import InputError, Plan, read_plan
from evidencia.report import write
from evidencia.results import Result, as_json
from evidencia.words import Language, Note
from evidencia.words import say as sentence
from tequio.config import say

DONE, USAGE = 0, 2
RESULT = "result.json"


class _UsageError(Exception):
    """The words of the command do not fit."""


class _Words(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and never ends the process by itself."""

    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)


def run(argv: Sequence[str]) -> int:
    """Evaluate: 0 done, 2 the plan, the data or the words do not fit."""
    try:
        asked = _parser().parse_args(list(argv))
    except _UsageError as usage:
        say.line(f"{_parser().format_usage()}{usage}")
        return USAGE
    except SystemExit:  # --help has said all.
        return DONE
    language: Language = asked.language or "es"
    try:
        plan = read_plan(Path(asked.plan))
        language = asked.language or plan.study.language
        _evaluate(Path(asked.data), plan, Path(asked.out), language)
    except InputError as error:
        say.line(error.text(language))
        return USAGE
    except OSError as error:
        values = {"path": str(error.filename or asked.out), "detail": str(error.strerror)}
        say.line(sentence("command.cannot_write", language, **values))
        return USAGE
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = _Words(
        prog="./tequio evaluate",
        description="Evalúa según un plan: result.json, report.html y report.pdf. "
        "/ Evaluates by a plan.",
    )
    parser.add_argument("data", metavar="DATA", help="CSV, XLSX, Parquet, Stata, SPSS")
    parser.add_argument("--plan", metavar="PLAN.toml", required=True)
    parser.add_argument("--out", metavar="DIR", required=True)
    parser.add_argument("--language", choices=("es", "en"), default=None)
    return parser


def _evaluate(data: Path, plan: Plan, out: Path, language: Language) -> None:
    began = time.monotonic()

    def tell(note: Note) -> None:
        _line(began, note.text(language))

    tell(Note.of("progress.reading"))
    frame = read_frame(data, plan)
    if not plan.study.title:
        plan = replace(plan, study=replace(plan.study, title=data.stem))
    result = evaluate(plan, frame, progress=tell)
    tell(Note.of("progress.findings"))
    result = replace(result, findings=find(result))
    _write(result, out, language, tell)
    _line(began, sentence("command.done", language, path=str(out)))


def _write(result: Result, out: Path, language: Language, tell: Callable[[Note], None]) -> None:
    """Write all beside the place first: whoever stops it finds the old files, or the new."""
    was_there = out.exists()
    out.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=out))
    try:
        (draft / RESULT).write_text(as_json(result), encoding="utf-8")
        write(result, draft, language, tell)
        for made in sorted(draft.iterdir()):
            made.replace(out / made.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if not was_there and not any(out.iterdir()):
            out.rmdir()


def _line(began: float, text: str) -> None:
    say.line(f"{time.monotonic() - began:6.1f} s  {text}")
