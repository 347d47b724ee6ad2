"""Where the table of a sheet is and how it is laid out, with reasons that a person can check."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.circles.registers.columns import guess_roles, mark_share
from tequio.circles.registers.dates import Period, read_date, read_period
from tequio.circles.registers.grid import Grid, at, filled, grid_of, shared_texts
from tequio.circles.registers.headers import HeaderBlock, find_header, header_score
from tequio.circles.registers.mapping import ColumnMapping, Form, SheetMapping
from tequio.circles.registers.sessions import label_text, names_session, parse_label
from tequio.circles.registers.vocabulary import IDENTITY_ROLES, Role
from tequio.core.tabular import Cell, Sheet, cell_address, column_letters
from tequio.core.text import fold, squeeze

_GROUP = re.compile(
    r"^\s*(?:grupo|gpo|c[ií]rculo)\b\.?\s*(?:no\.?)?\s*[:#-]?\s*(.*)$", re.IGNORECASE
)
# «Círculo de los martes» is a name as it stands; «de los martes» is half of one.
_GOES_ON = re.compile(r"(?:de|del|en|para)\b", re.IGNORECASE)
_SESSION = re.compile(
    r"^\s*(?:nombre de la )?(sesi[oó]n|ses|taller|m[oó]dulo)\b\.?.*$", re.IGNORECASE
)
_DATE = re.compile(r"^\s*(?:fecha|d[ií]a)\b\s*:?\s*(.*)$", re.IGNORECASE)
_GENERIC_NAME = re.compile(
    r"(?:hoja|sheet|planilha|tabla|table|libro|asistencias?|listas?|registros?|datos|data|attendance"
    r"|register)\s*(?:de asistencia|attendance|data)?\s*\(?\d*\)?"
)
_GROUP_NAME = re.compile(r"(?:grupo|gpo|circulo)\b.*|g ?\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetGuess:
    """One table found in a sheet, ready to be corrected."""

    mapping: SheetMapping
    titles: tuple[tuple[int, str], ...]
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detection:
    """What was found in a sheet. Without a guess, `sentence` says what was looked for."""

    sheet: str
    guesses: tuple[SheetGuess, ...]
    sentence: str

    @property
    def guess(self) -> SheetGuess | None:
        """The first table, if there is one."""
        return self.guesses[0] if self.guesses else None


def detect_sheet(sheet: Sheet, *, siblings: int = 1) -> Detection:
    """Return the tables of a sheet. `siblings` is the number of sheets with data in the file."""
    grid = grid_of(sheet)
    guesses: list[SheetGuess] = []
    start = 0
    while start < len(grid):
        header = find_header(sheet, grid, start)
        if header is None:
            break
        end = _next_table(sheet, grid, header)
        guess = _guess(sheet, grid, header, (start, end), siblings)
        if guess is None:
            break
        guesses.append(guess)
        start = end
    return Detection(sheet.name, tuple(guesses), _sentence(sheet, grid, guesses))


def titles_of(header: HeaderBlock, roles: dict[int, Role]) -> tuple[tuple[int, str], ...]:
    """Return the title of each column, or its letter when it has none."""
    return tuple(
        (c, header.text(c) or _("Columna %(c)s") % {"c": column_letters(c)}) for c in roles
    )


def _sentence(sheet: Sheet, grid: Grid, guesses: list[SheetGuess]) -> str:
    if guesses:
        return ""
    if not any(filled(row) for row in grid):
        return _("La hoja «%(name)s» está vacía.") % {"name": sheet.name}
    return _(
        "En la hoja «%(name)s» se buscó una fila con títulos como «Nombre», «Clave», «Sesión 1» o "
        "fechas, y no se encontró."
    ) % {"name": sheet.name}


def _next_table(sheet: Sheet, grid: Grid, header: HeaderBlock) -> int:
    """Return where the next table of the sheet begins: another header with other sessions."""
    own = header_score(grid[header.row])
    titles = grid[header.row : header.row + header.count]
    for row in range(header.row + header.count + 1, len(grid)):
        again = any(shared_texts(grid[row], line) for line in titles)
        if not again or header_score(grid[row]) < max(4.0, own * 0.6):
            continue
        other = find_header(sheet, grid[: row + 2], row)
        if other is not None and other.row == row and other.parts != header.parts:
            return _above_titles(grid, row)
    return len(grid)


def _above_titles(grid: Grid, row: int) -> int:
    """Return where the titles of a table begin: they stand right above it, one text per row."""
    first = row
    while first > 0 and len(filled(grid[first - 1])) == 1:
        first -= 1
    # Without an empty row in between, a single text may be somebody without marks.
    return first if first > 0 and not filled(grid[first - 1]) else row


def _guess(
    sheet: Sheet, grid: Grid, header: HeaderBlock, span: tuple[int, int], siblings: int
) -> SheetGuess | None:
    start, end = span
    roles = guess_roles(grid, header, end)
    held = set(roles.values())
    meetings = [column for column, role in roles.items() if role is Role.MEETING]
    titles = grid[start : header.row]
    period = read_period([sheet.name, *(label_text(v) for row in titles for _c, v in filled(row))])
    session = ""
    if not meetings and not held & {Role.SESSION, Role.DATE}:
        session = _single_session(sheet.name, titles)
    # Several rows per person need a session in each row, or one for the whole sheet.
    form = (
        Form.LONG if not meetings and (held & {Role.SESSION, Role.DATE} or session) else Form.WIDE
    )
    if not meetings and not held & (IDENTITY_ROLES | {Role.SESSION, Role.DATE}):
        return None
    mapping = SheetMapping(
        sheet=sheet.name,
        header_row=header.row,
        header_rows=header.count,
        form=form,
        columns=tuple(ColumnMapping(column, role) for column, role in roles.items()),
        end_row=end if end < len(grid) else None,
        session=session,
        group=_group(sheet.name, titles, siblings),
        year=period.year,
        last_year=period.last_year,
        month=period.month,
    )
    reasons, confidence = _reasons(grid, header, mapping, end)
    return SheetGuess(mapping, titles_of(header, roles), confidence, reasons)


def _single_session(name: str, titles: Grid) -> str:
    found: list[str] = []
    for row in titles:
        cells = [squeeze(label_text(value)) for _c, value in filled(row)]
        for index, text in enumerate(cells):
            following = cells[index + 1] if text.endswith(":") and index + 1 < len(cells) else ""
            found.extend(_session_in(f"{text} {following}".strip()))
    numbered = any(parse_label(text).numbered for text in found)
    if names_session(name) and (not found or (parse_label(name).numbered and not numbered)):
        found.insert(0, name)
    return squeeze(" ".join(dict.fromkeys(found)))


def _session_in(text: str) -> list[str]:
    if _SESSION.match(text) and names_session(text.replace(":", " ", 1)):
        return [text.replace(":", " ", 1)]
    match = _DATE.match(text)
    return [match[1]] if match and read_date(match[1], Period(2000)) else []


def _group(name: str, titles: Grid, siblings: int) -> str:
    for row in titles:
        cells = [squeeze(label_text(value)) for _c, value in filled(row)]
        for index, text in enumerate(cells):
            match = _GROUP.match(text)
            if match:
                if _GOES_ON.match(match[1]):
                    return text
                value = match[1] or (cells[index + 1] if index + 1 < len(cells) else "")
                if value:
                    return value
    if _GROUP_NAME.fullmatch(name.strip()):
        return squeeze(name)
    period = read_period([name])
    says_when = period.year or period.month or names_session(name)
    if siblings > 1 and not says_when and not _GENERIC_NAME.fullmatch(fold(name)):
        return squeeze(name)
    return ""


def _reasons(
    grid: Grid, header: HeaderBlock, mapping: SheetMapping, end: int
) -> tuple[tuple[str, ...], float]:
    reasons = [_("Los títulos de las columnas están en la fila %(row)s.") % {"row": header.row + 1}]
    confidence = 0.4
    identity = [c for c in mapping.columns if c.role in IDENTITY_ROLES]
    if identity:
        confidence += 0.2
        names = ", ".join(f"«{header.text(c.index) or column_letters(c.index)}»" for c in identity)
        reasons.append(_("A cada persona se le reconoce por %(columns)s.") % {"columns": names})
    else:
        reasons.append(_("No hay columna con nombre ni clave."))
    meetings = mapping.columns_of(Role.MEETING)
    if mapping.form is Form.LONG:
        confidence += 0.2
        reasons.append(
            _("Cada renglón es una asistencia; la sesión es «%(session)s» en toda la hoja.")
            % {"session": mapping.session}
            if mapping.session
            else _("Cada renglón es una asistencia y dice de qué sesión.")
        )
    elif meetings:
        confidence += 0.2 if len(meetings) > 1 else 0.1
        reasons.append(
            _("Cada renglón es una persona; las sesiones van de %(first)s a %(last)s.")
            % {
                "first": cell_address(header.row, meetings[0]),
                "last": cell_address(header.row, meetings[-1]),
            }
        )
    else:
        reasons.append(_("Es una lista de personas, sin sesiones."))
    share = mark_share(_marks(grid, mapping, end))
    return tuple(reasons), round(confidence + 0.2 * share, 2)


def _marks(grid: Grid, mapping: SheetMapping, end: int) -> list[Cell]:
    columns = (*mapping.columns_of(Role.MEETING), *mapping.columns_of(Role.MARK))
    values = (
        at(grid, row, column) for row in range(mapping.first_data_row, end) for column in columns
    )
    return [value for value in values if value is not None]
