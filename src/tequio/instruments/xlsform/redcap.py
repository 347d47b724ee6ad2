"""A data dictionary of REDCap as the sheets of a form."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from tequio.core.tabular import Sheet as PlainSheet
from tequio.core.text import squeeze
from tequio.instruments.xlsform.book import Book, Line, Sheet, Weight, text_of

_FIELD, _TYPE, _LABEL = "variable / field name", "field type", "field label"
_FORM, _SECTION, _NOTE = "form name", "section header", "field note"
_CHOICES = "choices, calculations, or slider labels"
_VALIDATION = "text validation type or show slider number"
_LEAST, _MOST = "text validation min", "text validation max"
_BRANCHING = "branching logic (show field only if...)"
_REQUIRED, _MATRIX = "required field?", "matrix group name"
_PLAIN: Final = {"text": "text", "notes": "text", "descriptive": "note", "calc": "calculate"}
_CHOSEN: Final = {"radio": "select_one", "dropdown": "select_one", "checkbox": "select_multiple"}
_VALIDATED: Final = {"integer": "integer", "number": "decimal", "time": "time"}
_PATTERNS: Final = {
    "alpha_only": r"^[A-Za-zÀ-ÿ]+$",
    "email": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    "phone": r"^[0-9 +()\-]{7,20}$",
    "zipcode": r"^[0-9]{5}(-[0-9]{4})?$",
}
_YES_NO: Final = {
    "yesno": (("1", "Yes"), ("0", "No")),
    "truefalse": (("1", "True"), ("0", "False")),
}
_CHECKED: Final = re.compile(r"\[(\w+)\((\w+)\)\]\s*(<>|!=|=)\s*['\"]?([01])['\"]?")
_REF: Final = re.compile(r"(?:\[[\w-]+\])?\[(\w+)\]")


def book(plain: Sequence[PlainSheet]) -> Book | None:
    """Return the form of a dictionary, or None where no sheet is one."""
    for sheet in plain:
        if not sheet.rows:
            continue
        heads = [squeeze(text_of(cell)).casefold() for cell in sheet.rows[0]]
        if _FIELD in heads and _TYPE in heads:
            return _Reading(sheet, heads).book
    return None


class _Reading:
    """One dictionary on its way to being a form; cells keep the address they have in it."""

    def __init__(self, plain: PlainSheet, heads: list[str]) -> None:
        at = {name: n for n, name in enumerate(heads)}
        own = {"type": _TYPE, "name": _FIELD, "label": _LABEL, "hint": _NOTE}
        own |= {"relevant": _BRANCHING, "required": _REQUIRED, "constraint": _VALIDATION}
        survey = Sheet(plain.name, {k: at[v] for k, v in own.items() if v in at})
        survey.columns["calculation"] = at.get(_CHOICES, 0)
        survey.columns["appearance"] = at.get(_MATRIX, 0)
        answers = at.get(_CHOICES, 0)
        choices = Sheet(plain.name, dict.fromkeys(("list_name", "name", "label"), answers))
        self.book = Book(survey, choices, Sheet("settings"))
        self._lists: dict[tuple[tuple[str, str], ...], str] = {}
        self._part = ""
        for number, row in enumerate(plain.rows[1:], 2):
            values = {name: text_of(row[n]) for name, n in at.items() if n < len(row)}
            if values.get(_FIELD):
                self._row(number, values)
        self._close(len(plain.rows))

    def _row(self, number: int, row: dict[str, str]) -> None:
        self._open(number, row.get(_FORM, ""))
        name, kind = row[_FIELD], row.get(_TYPE, "").casefold()
        if row.get(_SECTION):
            head = {"type": "note", "name": f"{name}_head", "label": _words(row[_SECTION])}
            self._add(number, head)
        made = {"name": name, "label": _words(row.get(_LABEL, ""))}
        made |= self._kind(number, name, kind, row)
        if note := _words(row.get(_NOTE, "")):
            made["hint"] = note
        if not made["label"] and made["type"] != "calculate":
            made["label"] = name
            self._say(Weight.NOTICE, _("No tiene texto: se lee su nombre."), number, "label")
        if logic := row.get(_BRANCHING):
            made["relevant"] = expression(logic)
        if row.get(_REQUIRED, "").casefold() == "y":
            made["required"] = "yes"
        self._add(number, made)

    def _kind(self, number: int, name: str, kind: str, row: dict[str, str]) -> dict[str, str]:
        said = row.get(_CHOICES, "")
        if kind in _CHOSEN:
            pairs = _pairs(said)
            if not pairs:
                text = _("«%(name)s» se elige y no dice entre qué.") % {"name": name}
                self._say(Weight.ERROR, text, number, "calculation")
            return {"type": f"{_CHOSEN[kind]} {self._list(number, name, pairs)}"}
        if kind in _YES_NO:
            return {"type": f"select_one {self._list(number, kind, _YES_NO[kind])}"}
        if kind == "slider":
            return {"type": "range", "parameters": "start=0 end=100 step=1"}
        if kind == "calc":
            return {"type": "calculate", "calculation": expression(said)}
        if kind == "file":
            return {"type": "file"}
        if kind in _PLAIN:
            return {"type": _PLAIN[kind], **self._validated(number, row)}
        self._say(
            Weight.ERROR, _("No hay ningún tipo «%(type)s».") % {"type": kind}, number, "type"
        )
        return {"type": "text"}

    def _validated(self, number: int, row: dict[str, str]) -> dict[str, str]:
        rule = row.get(_VALIDATION, "").casefold()
        made: dict[str, str] = {}
        if rule.startswith("datetime"):
            made["type"] = "dateTime"
        elif rule.startswith("date"):
            made["type"] = "date"
        elif rule in _PATTERNS:
            made["constraint"] = f"regex(., '{_PATTERNS[rule]}')"
        elif base := next((v for k, v in _VALIDATED.items() if rule.startswith(k)), ""):
            made["type"] = base
        elif rule:
            text = _("La regla «%(rule)s» no se conoce: se recibe cualquier texto.")
            self._say(Weight.NOTICE, text % {"rule": rule}, number, "constraint")
        limits = [
            f". {sign} {_limit(row.get(column, ''))}"
            for sign, column in ((">=", _LEAST), ("<=", _MOST))
            if row.get(column)
        ]
        if limits:
            made["constraint"] = " and ".join(limits)
        return made

    def _list(self, number: int, name: str, pairs: tuple[tuple[str, str], ...]) -> str:
        """The same answers are the same list."""
        if pairs not in self._lists:
            self._lists[pairs] = name
            for code, label in pairs:
                values = {"list_name": name, "name": code, "label": label}
                self.book.choices.lines.append(Line(number, values))
        return self._lists[pairs]

    def _open(self, number: int, part: str) -> None:
        if part and part != self._part:
            self._close(number)
            self._part = part
            label = squeeze(part.replace("_", " ")).capitalize()
            self._add(number, {"type": "begin_group", "name": part, "label": label})

    def _close(self, number: int) -> None:
        if self._part:
            self._add(number, {"type": "end_group"})
            self._part = ""

    def _add(self, number: int, values: dict[str, str]) -> None:
        self.book.survey.lines.append(Line(number, values))

    def _say(self, weight: Weight, text: str, number: int, column: str) -> None:
        survey = self.book.survey
        self.book.say(weight, text, survey, survey.cell(Line(number, {}), column))


def expression(logic: str) -> str:
    """Return branching logic or a calculation of REDCap as forms write it."""
    said = _CHECKED.sub(_checked, logic.replace("\n", " ").replace("\r", " "))
    said = _REF.sub(lambda m: f"${{{m[1]}}}", said)
    said = said.replace("<>", "!=").replace("==", "=")
    said = re.sub(r"\bAND\b", "and", said)
    return squeeze(re.sub(r"\bOR\b", "or", said))


def _checked(found: re.Match[str]) -> str:
    chosen = f"selected(${{{found[1]}}}, '{found[2]}')"
    return chosen if (found[3] == "=") == (found[4] == "1") else f"not({chosen})"


def _pairs(said: str) -> tuple[tuple[str, str], ...]:
    found = []
    for part in re.split(r"\||\n", said):
        code, _sign, label = part.partition(",")
        if code.strip():
            found.append((code.strip(), _words(label) or code.strip()))
    return tuple(found)


def _limit(said: str) -> str:
    return f"date('{said}')" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else said


def _words(said: str) -> str:
    """Return what is read, without the tags of a page; what was piped in stays as written."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", said))
    return squeeze(plain).replace("${", "$ {")
