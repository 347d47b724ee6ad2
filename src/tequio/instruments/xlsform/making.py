"""From the files that somebody brought to a form that can be asked, or to all that is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from tequio.core import clock
from tequio.core.tabular import Sheet as PlainSheet
from tequio.core.tabular.guards import damaged
from tequio.core.text import squeeze
from tequio.instruments.workbook import Sheets, headed
from tequio.instruments.xform.asking import Asking
from tequio.instruments.xform.calls import Surroundings
from tequio.instruments.xform.expressions import BrokenExpression
from tequio.instruments.xform.filling import Filling
from tequio.instruments.xform.model import Form
from tequio.instruments.xform.reading import NotAForm, read
from tequio.instruments.xlsform import checks, dialects, redcap
from tequio.instruments.xlsform.book import (
    CHOICES,
    SETTINGS,
    SURVEY,
    Book,
    Given,
    Line,
    Problem,
    Sheet,
    Weight,
    column_name,
    is_as_named,
    plain_sheets,
    sheet_of,
    text_of,
)

# How many faults the last reader may find one after another before we stop asking it.
_TRIES: Final = 40
_ROW: Final = re.compile(r"\[row : (\d+)\]\s*")
_ELEMENT: Final = re.compile(r"element named '([^']+)'")


@dataclass(frozen=True, slots=True)
class Made:
    """What came out: the form if there is one, and everything that is to be said about it."""

    problems: tuple[Problem, ...]
    sheets: Sheets = field(default_factory=dict)
    form: Form | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stands in the way of asking it."""
        return tuple(one for one in self.problems if one.weight is Weight.ERROR)

    @property
    def may_be_kept(self) -> bool:
        """Whether it can be asked as it is."""
        return self.form is not None and not self.errors

    @property
    def sha256(self) -> str:
        """The digest of the form as it is asked."""
        return "" if self.form is None else hashlib.sha256(self.form.xml).hexdigest()


def make(files: Sequence[Given], *, media: frozenset[str] = frozenset()) -> Made:
    """Read the files of one form; nothing is kept.

    Parameters
    ----------
    files
        One workbook (.xlsx, .xls, .ods, .md), its sheets as .csv, or a dictionary of REDCap.
    media
        The names of the files that come beside it.
    """
    plain = plain_sheets(files)
    book = redcap.book(plain) or _book(plain)
    if not book.survey.lines and not all(is_as_named(one) for one in files):
        raise damaged()
    dialects.repair(book)
    checks.check(book)
    _settings(book, files)
    sheets = _sheets(book)
    form = _converted(book, sheets) if book.survey.lines else None
    _beside(book, media)
    return Made(_in_order(book), sheets, form)


def _in_order(book: Book) -> tuple[Problem, ...]:
    """Put what stands in the way first, then as whoever mends the file goes through it."""
    weights = {Weight.ERROR: 0, Weight.REPAIRED: 1, Weight.NOTICE: 2}
    sheets = {one.title: n for n, one in enumerate((book.survey, book.choices, book.settings))}

    def place(one: Problem) -> tuple[int, int, int, int, str]:
        letters = one.cell.rstrip("0123456789")
        row = int(one.cell[len(letters) :] or 0)
        return weights[one.weight], sheets.get(one.sheet, -1), row, len(letters), letters

    return tuple(sorted(book.problems, key=place))


def _book(plain: Sequence[PlainSheet]) -> Book:
    """Find the sheets by their names, and where names say nothing by their columns."""
    found: dict[str, PlainSheet] = {}
    for sheet in plain:
        if sheet.name.casefold().strip() in (SURVEY, CHOICES, SETTINGS):
            found[sheet.name.casefold().strip()] = sheet
    for sheet in plain:
        heads = {
            column_name(text_of(cell)) for row in sheet.rows[:3] for cell in row if text_of(cell)
        }
        if "list_name" in heads:
            found.setdefault(CHOICES, sheet)
        elif {"type", "name"} <= heads:
            found.setdefault(SURVEY, sheet)
        elif heads & {"form_title", "form_id"}:
            found.setdefault(SETTINGS, sheet)
    book = Book(
        sheet_of(found.get(SURVEY), SURVEY),
        sheet_of(found.get(CHOICES), CHOICES),
        sheet_of(found.get(SETTINGS), SETTINGS),
    )
    for sheet in plain:
        near = get_close_matches(sheet.name.casefold(), (SURVEY, CHOICES, SETTINGS), 1, 0.8)
        if near and sheet not in found.values():
            text = _("Esta hoja no se leyó. ¿Quisiste llamarla «%(near)s»?") % {"near": near[0]}
            book.say(Weight.NOTICE, text, Sheet(sheet.name))
    return book


def _settings(book: Book, files: Sequence[Given]) -> None:
    """Complete what names the form, from the name of the file."""
    first = book.settings.lines[0].values if book.settings.lines else {}
    stem = re.sub(r"\.\w+$", "", files[0].name.replace("\\", "/").rpartition("/")[2])
    plain = re.sub(r"[^a-z0-9]+", "_", stem.casefold()).strip("_") or "formulario"
    first.setdefault("form_id", plain if plain[0].isalpha() else f"f_{plain}")
    first.setdefault("form_title", squeeze(stem.replace("_", " ")) or first["form_id"])
    first.setdefault("version", "1")
    languages = book.survey.languages()
    if languages:
        first.setdefault("default_language", languages[0])
    book.settings.lines[:] = []
    book.settings.columns.update({name: n for n, name in enumerate(first)})
    book.settings.lines.append(Line(2, first))


def _sheets(book: Book) -> Sheets:
    return {
        SURVEY: [_out(line.values) for line in book.survey.lines],
        CHOICES: [_out(line.values) for line in book.choices.lines],
        SETTINGS: [dict(line.values) for line in book.settings.lines],
    }


_OUT: Final = {"image": "media::image", "audio": "media::audio", "video": "media::video"}


def _out(values: dict[str, str]) -> dict[str, str]:
    made = {}
    for column, said in values.items():
        base, sign, language = column.partition("::")
        base = _OUT.get(base, base)
        made[f"{base}{sign}{language}"] = said
    return made


def _converted(book: Book, sheets: Sheets) -> Form | None:
    """Ask the reader of forms until it finds nothing more: each fault takes its row with it."""
    rows = list(zip(book.survey.lines, sheets[SURVEY], strict=True))
    for _try in range(_TRIES):
        asked = {**sheets, SURVEY: [row for _line, row in rows]}
        try:
            made = convert(xlsform=headed(asked), validate=False, pretty_print=False)
            return _read(book, str(made.xform).encode())
        except PyXFormError as error:
            at = _at(str(error), [row for _line, row in rows])
            if "'choices' sheet" in str(error):
                _said_of_choices(book, str(error))
                return None
            line = rows[at][0] if at is not None else None
            _said_by_reader(book, str(error), line)
            if at is None or rows[at][1].get("type", "").startswith(("begin", "end")):
                return None
            del rows[at]
        except Exception as error:  # noqa: BLE001 -- a library's own faults, on any file at all
            _said_by_reader(book, f"{type(error).__name__}: {error}", None)
            return None
    return None


def _read(book: Book, xml: bytes) -> Form | None:
    """Read it, and begin to fill it in: what cannot be begun is said now and not to who asks."""
    try:
        form = read(xml)
        around = Surroundings(clock.now(), lists=form.lists)
        Asking(Filling(form, around=around)).screens()
    except (NotAForm, BrokenExpression) as error:
        _said_by_reader(book, str(error), None)
        return None
    return form


def _at(said: str, rows: list[dict[str, str]]) -> int | None:
    if found := _ROW.search(said):
        at = int(found[1]) - 2
        return at if 0 <= at < len(rows) else None
    if found := _ELEMENT.search(said):
        return next((n for n, row in enumerate(rows) if row.get("name") == found[1]), None)
    if found := re.search(r"type '([^']+)'", said):
        return next((n for n, row in enumerate(rows) if row.get("type") == found[1]), None)
    return None


def _said_of_choices(book: Book, said: str) -> None:
    """Answers stand in lists: none is taken out to try again."""
    if any(one.sheet == book.choices.title and one.weight is Weight.ERROR for one in book.problems):
        return
    found = _ROW.search(said)
    at = int(found[1]) - 2 if found else -1
    lines = book.choices.lines
    cell = book.choices.cell(lines[at]) if 0 <= at < len(lines) else ""
    book.say(Weight.ERROR, _in_its_words(said), book.choices, cell)


def _said_by_reader(book: Book, said: str, line: Line | None) -> None:
    """Say it only where our own checks said nothing about that row: they have better words."""
    cell = book.survey.cell(line) if line is not None else ""
    own = {re.sub(r"^[A-Z]+", "", one.cell) for one in book.problems if one.weight is Weight.ERROR}
    if line is not None and cell in own:
        return
    if line is None and own:
        return
    book.say(Weight.ERROR, _in_its_words(said), book.survey, cell)


def _in_its_words(said: str) -> str:
    return _("El lector de formularios no la entiende. Dice: «%(said)s»") % {
        "said": squeeze(_ROW.sub("", said))[:300]
    }


def _beside(book: Book, media: frozenset[str]) -> None:
    """Name the pictures, sounds and tables that the form wants and that did not come with it."""
    missing: dict[str, tuple[Sheet, str]] = {}
    for sheet in (book.survey, book.choices):
        for line in sheet.lines:
            for column, said in line.values.items():
                if column.partition("::")[0] in _OUT and said not in media:
                    missing.setdefault(said, (sheet, sheet.cell(line, column)))
                for name in re.findall(r"pulldata\(\s*['\"]([^'\"]+)['\"]", said):
                    if f"{name}.csv" not in media:
                        missing.setdefault(f"{name}.csv", (sheet, sheet.cell(line, column)))
    for name, (sheet, cell) in missing.items():
        book.say(Weight.NOTICE, _not_there(name), sheet, cell)
    for line in book.survey.lines:
        kind, _sign, name = line.get("type").partition(" ")
        if kind.casefold() in checks.FROM_FILE and name.strip() not in media:
            # Without its list nobody could answer.
            cell = book.survey.cell(line, "type")
            book.say(Weight.ERROR, _not_there(name.strip()), book.survey, cell)


def _not_there(name: str) -> str:
    return _("Usa el archivo «%(name)s», que no se subió con el formulario.") % {"name": name}
