"""Titles of sessions: «FUAT 4-5», «Ses. 3 y 4», «Módulo II», «14-mar», or a date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tequio.circles.registers.dates import Period, read_date
from tequio.circles.registers.vocabulary import SESSION_WORDS
from tequio.core.tabular import Cell
from tequio.core.text import fold, squeeze

_MOST_SESSIONS_IN_ONE = 12
_HIGHEST_NUMBER = 200
_NUMBERED = re.compile(
    r"^(?P<series>[^\d]*?)[\s.:#_\-–]*(?:\bn(?:[o°º]|úm|um)\.?\s*)?(?<!\d)(?P<first>\d{1,3})(?![\d.])"
    r"(?:\s*(?:-|–|—|/|,|&|\+|\b(?:a|al|y|e|to|and)\b)\s*(?P<last>\d{1,3})(?!\d))?(?P<tail>.*)$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"^\s*(?:a|ª|o|º|ra|da|ta|va|er|ro|do|to)?\.?\s*(?P<word>[^\W\d]+)", re.IGNORECASE
)
_ROMAN = re.compile(
    r"^(?P<series>.*?)[\s.:\-]*\b(?P<first>[IVX]{1,5})(?:\s*(?:-|–|y|a)\s*(?P<last>[IVX]{1,5}))?$"
)
_WORDS = (
    ("primer", "primera"),
    ("segundo", "segunda"),
    ("tercer", "tercera"),
    ("cuarto", "cuarta"),
    ("quinto", "quinta"),
    ("sexto", "sexta"),
    ("septimo", "septima"),
    ("octavo", "octava"),
    ("noveno", "novena"),
    ("decimo", "decima"),
)
_WORD_NUMBERS = {word: number for number, pair in enumerate(_WORDS, 1) for word in pair}
_GENERIC = re.compile(rf"(?:s|{SESSION_WORDS})\.?", re.IGNORECASE)
_ANY_SESSION = frozenset({"", "s", "ses", "sesion", "sesiones", "session", "sessions"})


_OPENS = re.compile(
    r"\b(training|capacitacion|induccion|introduccion|bienvenida|inicial|encuadre|inauguracion|"
    r"informativa|entrevista|orientation|welcome)\b"
)
_CLOSES = re.compile(r"\b(cierre|clausura|graduacion|final|despedida|egreso|closing|closure)\b")


@dataclass(frozen=True, slots=True)
class SessionLabel:
    """What the title of a session says.

    One meeting may cover several sessions of the programme: «FUAT 4-5» is one meeting that
    covers two, so its `covers` is 2.
    """

    text: str
    series: str = ""
    first: int | None = None
    last: int | None = None
    on: dt.date | None = None
    note: str = ""

    @property
    def covers(self) -> int:
        """Number of programme sessions that the meeting covers."""
        return self.last - self.first + 1 if self.first is not None and self.last else 1

    @property
    def series_key(self) -> str:
        """Series for comparing: «S», «Ses.» and «Sesión» are the same one."""
        folded = fold(self.series).strip(" .:#-")
        return "" if folded in _ANY_SESSION else folded

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What makes it the same session as another title."""
        on = self.on.isoformat() if self.on else ""
        if self.first is not None:
            return (self.series_key, self.first, self.last or self.first, on)
        return ("" if on and not self.series else fold(self.series or self.text), 0, 0, on)

    @property
    def numbered(self) -> bool:
        """Whether the title has a number of session."""
        return self.first is not None


def parse_label(value: Cell, period: Period | None = None) -> SessionLabel:
    """Read the title of a session. Whatever is not understood stays as its text."""
    period = period or Period()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _HIGHEST_NUMBER:
        return SessionLabel(str(value), "", value, value)
    text = squeeze(label_text(value))
    found = read_date(value.strip() if isinstance(value, str) else value, period)
    if found is None:
        return _parse_number(text, text)
    if not found.rest:
        shown = f"{found.on:%d/%m/%Y}" if found.on and not isinstance(value, str) else text
        return SessionLabel(shown, on=found.on, note=found.note)
    label = _parse_number(found.rest, text)
    return replace(label, on=found.on, note=found.note or label.note)


def label_text(value: Cell) -> str:
    """Return the text of a cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def looks_like_session(value: Cell) -> bool:
    """Whether a header could be the title of a session: a date, a number or a numbered word."""
    if isinstance(value, bool) or value is None or isinstance(value, dt.time):
        return False
    label = parse_label(value)
    found = read_date(value, Period())
    if label.on is not None or (found is not None and found.day is not None):
        return len(label.text) <= 60
    if label.first is None or len(label.text) > 60:
        return False
    return len(label.series.split()) <= 4


def names_session(text: str) -> bool:
    """Whether a sheet's name or a title names one session: «Sesión 3» does, «Grupo 3» does not."""
    label = parse_label(text, Period(2000))
    if label.on is not None:
        return True
    return label.numbered and (not label.series_key or bool(_GENERIC.fullmatch(label.series_key)))


def order_of(labels: Sequence[SessionLabel], *, keep_places: bool) -> tuple[int, ...]:
    """Return the indexes of the labels in the order in which they happened, as far as is known.

    By date when all have one. Otherwise by number inside each series. With `keep_places`
    (columns of a sheet, where somebody chose the order) titles without number stay where they
    are; without it (rows of a list) series follow one another by first appearance.
    """
    indexes = range(len(labels))
    if all(label.on for label in labels):
        return tuple(sorted(indexes, key=lambda i: (str(labels[i].on), labels[i].first or 0, i)))
    groups: dict[str, list[int]] = {}
    for index in indexes:
        label = labels[index]
        name = label.series_key if label.numbered else f"\0{index}"
        groups.setdefault(name, []).append(index)
    ordered = [sorted(group, key=lambda i: (labels[i].first or 0, i)) for group in groups.values()]
    if not keep_places:
        # A list of marks has no order of its own; a title such as «Inducción» does.
        ordered.sort(key=lambda group: _stage(labels[group[0]]))
        return tuple(index for group in ordered for index in group)
    places = list(indexes)
    for group, members in zip(ordered, groups.values(), strict=True):
        for place, index in zip(members, group, strict=True):
            places[place] = index
    return tuple(places)


def _stage(label: SessionLabel) -> int:
    """Return −1 for what opens a programme, 1 for what closes it, 0 for the rest."""
    if label.numbered:
        return 0
    words = fold(label.text)
    return -1 if _OPENS.search(words) else 1 if _CLOSES.search(words) else 0


def _parse_number(rest: str, text: str) -> SessionLabel:
    match = _NUMBERED.match(rest)
    if match:
        return _from_match(match, text, int(match["first"]), int(match["last"] or match["first"]))
    roman = _ROMAN.match(rest)
    if roman and (roman["series"] or len(roman["first"]) > 1 or roman["first"] in "IV"):
        first = _roman(roman["first"])
        last = _roman(roman["last"]) if roman["last"] else first
        if first and last:
            return _checked(text, roman["series"], first, last)
    word, _space, series = rest.partition(" ")
    number = _WORD_NUMBERS.get(fold(word))
    if number and _GENERIC.fullmatch(fold(series)):
        return SessionLabel(text, series, number, number)
    return SessionLabel(text, rest)


def _from_match(match: re.Match[str], text: str, first: int, last: int) -> SessionLabel:
    series = match["series"].strip(" .:#-–(")
    if not series:
        ordinal = _ORDINAL.match(match["tail"])
        if ordinal and _GENERIC.fullmatch(fold(ordinal["word"])):
            series = ordinal["word"]
        elif match["tail"].strip(" .:)-"):
            # «3 hombres» or «2x1» is a text that begins with a digit, not session three.
            tail = match["tail"].lstrip()
            if not tail.startswith((".", ":", "-", ")", "–")):
                return SessionLabel(text, text)
    return _checked(text, series, first, last)


def _checked(text: str, series: str, first: int, last: int) -> SessionLabel:
    series = series.strip(" .:#-–(")
    if first == 0 or first > _HIGHEST_NUMBER:
        return SessionLabel(text, text)
    if last < first or last - first >= _MOST_SESSIONS_IN_ONE:
        note = _("«%(text)s» no es un rango de sesiones; se tomó como una sola.") % {"text": text}
        return SessionLabel(text, series, first, first, note=note)
    return SessionLabel(text, series, first, last)


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10}
    numbers = [values[letter] for letter in text]
    total = sum(
        -number if any(later > number for later in numbers[index + 1 : index + 2]) else number
        for index, number in enumerate(numbers)
    )
    return total if _to_roman(total) == text else 0


def _to_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
