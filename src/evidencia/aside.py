"""An evaluation in a process of its own: plan and rows come in by a pipe, a result goes out.

``python -P -m evidencia.aside`` reads one JSON document from its standard input and writes lines
of JSON to its standard output: ``{"note": …}`` for each step, and at the end one of ``{"result":
…}``, ``{"withheld": true}`` (not enough to leave) or ``{"problem": …}``. It knows no key, no
database and no file of the house, it can write no file, and a crash leaves no memory on the disk:
whoever starts it gives it an empty environment (see ``tequio.studies.aside``).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

import polars as pl

from evidencia.analysis import evaluate
from evidencia.findings import find
from evidencia.frames import read_frame
from evidencia.leaving import leaving
from evidencia.plans import InputError, read_plan
from evidencia.results import Result, as_json
from evidencia.words import Note

if sys.platform != "win32":
    import resource

Say = Callable[[Mapping[str, object]], None]
# No more than this of memory: a laptop has other things to do.
MEMORY: Final = 3 * 2**30


def answer(asked: Mapping[str, Any], say: Say) -> None:
    """Evaluate what is asked for, and say how it goes and how it ended.

    Parameters
    ----------
    asked
        ``plan`` (the text of a plan), ``rows`` (CSV) and ``leaving`` (whether only what may leave
        comes back).
    say
        Takes each line.
    """

    def tell(note: Note) -> None:
        say({"note": {"code": note.code, "values": dict(note.values)}})

    try:
        result = _result(asked, tell)
    except InputError as error:
        say({"problem": error.text("es")})
        return
    if not asked.get("leaving"):
        say({"result": as_json(result)})
        return
    left = leaving(result)
    say({"withheld": True} if left is None else {"result": as_json(left)})


def _result(asked: Mapping[str, Any], tell: Callable[[Note], None]) -> Result:
    plan = read_plan(str(asked["plan"]).encode())
    tell(Note.of("progress.reading"))
    # Every cell as text: what is a number is decided cell by cell, as in a file.
    rows = pl.read_csv(BytesIO(str(asked["rows"]).encode()), infer_schema=False)
    result = evaluate(plan, read_frame(rows, plan), progress=tell)
    tell(Note.of("progress.findings"))
    return replace(result, findings=find(result))


def main() -> int:
    """Do one evaluation, shut in: no file can be written and no memory is left behind."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.loads(sys.stdin.buffer.read())
    # Lines go to the pipe alone: whatever a library prints goes nowhere.
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def say(line: Mapping[str, object]) -> None:
        pipe.write(json.dumps(line, ensure_ascii=False) + "\n")
        pipe.flush()

    answer(asked, say)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
