"""A simulated programme as files: a CSV per table, and a page that says how it was made."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import numpy as np

from evidencia.simulate.programme.draw import Programme
from evidencia.simulate.programme.planned import plan_for
from evidencia.simulate.programme.tables import Table, tables
from evidencia.words import Language, say

README = "README.md"
PLAN = "PLAN.toml"


def write_programme(
    programme: Programme, folder: Path, *, seed: int, language: Language = "es"
) -> str:
    """Write every table, a plan and the page into a folder; return the tables' fingerprint.

    The same programme gives the same bytes.

    Parameters
    ----------
    programme
        What :func:`~evidencia.simulate.programme.draw.draw_programme` gave.
    folder
        Made if it is not there; files of the same names are replaced.
    seed
        As given to the draw, for the page.
    language
        Of the page and the plan; tables are in English.
    """
    hashes: dict[str, str] = {}
    everything = {**tables(programme), "parameters": _parameters(programme)}
    for name, table in everything.items():
        body = as_csv(table)
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        hashes[name] = hashlib.sha256(body).hexdigest()
    (folder / PLAN).write_bytes(plan_for(programme, language).encode())
    together = "".join(f"{digest}  {name}.csv\n" for name, digest in sorted(hashes.items()))
    whole = hashlib.sha256(together.encode()).hexdigest()
    page = _page(programme, hashes, whole, seed, language)
    (folder / README).write_bytes(page.encode())
    return whole


def as_csv(table: Table) -> bytes:
    """Return a table as the bytes of a CSV file; an empty cell is missing."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue().encode()


def _parameters(programme: Programme) -> Table:
    known = programme.model.parameters.items()
    rows = (
        (name, _short(number.value), number.unit, number.source, int(number.confirmed))
        for name, number in known
    )
    return Table(("name", "value", "unit", "source", "confirmed"), rows)


def _page(
    programme: Programme, hashes: dict[str, str], whole: str, seed: int, language: Language
) -> str:
    def text(code: str, **values: str | int) -> str:
        return say(f"simulating.{code}", language, **values)

    run: dict[str, str | int] = {
        "seed": str(seed),
        "men": len(programme.people),
        "scenario": programme.scenario,
        "numpy": np.__version__,
    }
    loss = "informative" if programme.informative else "at_random"
    ending = text(programme.funnel.ending)
    sentences = [
        f"# {text('title', model=programme.model.slug)}",
        text("invented"),
        text("run", **run),
        text("hash", hash=whole),
        text(programme.scenario),
        text(loss),
        text("answers"),
        text("funnel", ending=ending),
        text("truth"),
        text("evaluate", folder="DIR"),
        "\n".join([text("files"), "|---|---|---|", *_files(hashes, language)]),
        "\n".join([text("numbers"), "|---|---|---|---|---|", *_numbers(programme, language)]),
    ]
    return "\n\n".join(sentences) + "\n"


def _files(hashes: dict[str, str], language: Language) -> list[str]:
    codes = {"answers": "answers_file"}
    return [
        f"| `{name}.csv` "
        f"| {say('simulating.' + codes.get(name, name.replace('/', '_')), language)} | `{digest}` |"
        for name, digest in hashes.items()
    ]


def _numbers(programme: Programme, language: Language) -> list[str]:
    said = {True: say("simulating.yes", language), False: say("simulating.no", language)}
    return [
        f"| `{name}` | {_short(number.value)} | {number.unit} | {number.source} "
        f"| {said[number.confirmed]} |"
        for name, number in programme.model.parameters.items()
    ]


def _short(value: float) -> str:
    return f"{value:.10g}"
