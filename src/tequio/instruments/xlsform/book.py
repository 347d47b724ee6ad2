"""A workbook of a form: its sheets by what they hold, each value with the cell it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tequio.core.tabular import Cell, column_letters, read_workbook
from tequio.core.tabular import Sheet as PlainSheet

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"
# What is said in several languages; everything else stands once.
SPOKEN: Final = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
    | {"image", "audio", "video", "big-image"}
)
# What others call the same column: old XLSForms, SurveyCTO, KoboToolbox.
_SAME: Final[Mapping[str, str]] = {
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "count": "repeat_count",
    "constraint_msg": "constraint_message",
    "required_msg": "required_message",
    "noapperrorstring": "required_message",
    "name_of_list": "list_name",
    "value": "name",
    "tag": "name",
}


_ROOMY: Final = re.compile(r"\$\{\s*([^${}]*?)\s*\}")
# Word processors bend quotation marks; in an expression only straight ones are any.
_QUOTES: Final = {ord(a): b for bent, b in (("“”„‟", '"'), ("‘’‚‛", "'")) for a in bent}
# What somebody who writes in Spanish calls the columns, for saying what they are called here.
IN_SPANISH: Final[Mapping[str, str]] = {
    "tipo": "type",
    "nombre": "name",
    "etiqueta": "label",
    "pregunta": "label",
    "texto": "label",
    "pista": "hint",
    "ayuda": "hint",
    "relevancia": "relevant",
    "relevante": "relevant",
    "condición": "relevant",
    "restricción": "constraint",
    "mensaje_de_restricción": "constraint_message",
    "obligatorio": "required",
    "obligatoria": "required",
    "requerido": "required",
    "cálculo": "calculation",
    "calculo": "calculation",
    "apariencia": "appearance",
    "predeterminado": "default",
    "lista": "list_name",
    "nombre_de_lista": "list_name",
}


class Weight(StrEnum):
    """What a problem means for whoever brings the file."""

    ERROR = "error"  # the form cannot be asked like this
    REPAIRED = "repaired"  # it was put right; it is said what was done
    NOTICE = "notice"  # it can be asked; somebody should look


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one cell, in words for whoever wrote the form."""

    weight: Weight
    text: str
    sheet: str = ""
    cell: str = ""


@dataclass(slots=True)
class Line:
    """One row, by column; `number` is the one that a spreadsheet shows."""

    number: int
    values: dict[str, str]

    def get(self, column: str) -> str:
        """Return a value, or nothing."""
        return self.values.get(column, "")

    def said(self, column: str) -> str:
        """Return a text in whichever language it is there."""
        if self.get(column):
            return self.get(column)
        start = f"{column}::"
        return next((v for k, v in self.values.items() if k.startswith(start) and v), "")


@dataclass(slots=True)
class Sheet:
    """One sheet. `title` is what it is called in the file, `columns` where each column stands."""

    title: str
    columns: dict[str, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def cell(self, line: Line, column: str = "") -> str:
        """Return the address of a value: «C12»."""
        at = self.columns.get(column)
        if at is None and column:
            start = f"{column}::"
            at = next((n for name, n in self.columns.items() if name.startswith(start)), None)
        return f"{'' if at is None else column_letters(at)}{line.number}"

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the sheet, in order."""
        found = [key.partition("::")[2] for key in self.columns if "::" in key]
        return tuple(dict.fromkeys(found))


@dataclass(slots=True)
class Book:
    """A form as it was written, and what was said about it so far."""

    survey: Sheet
    choices: Sheet
    settings: Sheet
    problems: list[Problem] = field(default_factory=list)

    def say(self, weight: Weight, text: str, sheet: Sheet | None = None, cell: str = "") -> None:
        """Note something, once."""
        found = Problem(weight, text, sheet.title if sheet else "", cell)
        if found not in self.problems:
            self.problems.append(found)


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was brought."""

    name: str
    data: bytes = field(repr=False)


def is_as_named(file: Given) -> bool:
    """Tell whether what is called a workbook is one: others call a table of commas so too."""
    workbook = file.name.casefold().endswith((".xlsx", ".xlsm", ".xls", ".ods"))
    return not workbook or file.data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def plain_sheets(files: Iterable[Given]) -> list[PlainSheet]:
    """Return the sheets of all files; what they are, their bytes say."""
    found: list[PlainSheet] = []
    for file in files:
        if file.name.casefold().endswith(".md"):
            found += _markdown(file.data.decode("utf-8-sig", "replace"))
        else:
            found += read_workbook(file.data, file.name).sheets
    return found


def column_name(header: str) -> str:
    """Return what a column is called here: ``label::English (en)``, ``constraint_message``."""
    base, _sign, language = header.strip().partition("::" if "::" in header else ":")
    base = re.sub(r"\s+", "_", base.strip().casefold())
    language = language.strip()
    if base == "media":
        base, _sign, language = language.partition("::" if "::" in language else ":")
        base, language = base.strip().casefold(), language.strip()
    base = _SAME.get(base, base)
    return f"{base}::{language}" if language and base in SPOKEN else base


def sheet_of(plain: PlainSheet | None, title: str) -> Sheet:
    """Return a sheet by its columns: the first row that is not empty says what they are."""
    if plain is None:
        return Sheet(title)
    rows = list(plain.rows)
    first = next((n for n, row in enumerate(rows) if any(map(text_of, row))), None)
    if first is None:
        return Sheet(plain.name)
    columns: dict[str, int] = {}
    for at, header in enumerate(rows[first]):
        if text_of(header):
            columns.setdefault(column_name(text_of(header)), at)
    sheet = Sheet(plain.name, columns)
    for number, row in enumerate(rows[first + 1 :], first + 2):
        values = {
            name: text if name.partition("::")[0] in SPOKEN else text.translate(_QUOTES)
            for name, at in columns.items()
            if at < len(row) and (text := text_of(row[at]))
        }
        if values:
            sheet.lines.append(Line(number, values))
    return sheet


def text_of(cell: Cell) -> str:
    """Return a cell as whoever wrote it reads it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    text = "" if cell is None else str(cell)
    # Word processors put these between letters; in an expression they break it.
    text = text.replace("\xa0", " ").replace("\u200b", "").strip()
    return _ROOMY.sub(r"${\1}", text) if "${" in text else text


def _markdown(text: str) -> list[PlainSheet]:
    found: list[PlainSheet] = []
    name = ""
    rows: list[tuple[Cell, ...]] = []
    for line in text.splitlines():
        if not line.lstrip().startswith("|"):
            continue
        cells = [one.strip().replace(r"\|", "|") for one in _cells(line)]
        if cells and cells[0]:
            if name:
                found.append(PlainSheet(name=name, rows=tuple(rows)))
            name, rows = cells[0], []
        elif cells[1:] and not all(re.fullmatch(r":?-*:?", one) for one in cells[1:]):
            rows.append(tuple(one or None for one in cells[1:]))
    if name:
        found.append(PlainSheet(name=name, rows=tuple(rows)))
    return found


def _cells(line: str) -> list[str]:
    inside = line.strip()[1:]
    return re.split(r"(?<!\\)\|", inside[:-1] if inside.endswith("|") else inside)
