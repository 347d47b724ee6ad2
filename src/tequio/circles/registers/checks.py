"""The sentences of a plan: what is not imported, what to look at, what is good to know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.circles.registers.collect import Reading, Table
from tequio.circles.registers.gather import Draft, Entry, Seen
from tequio.circles.registers.grid import filled, grid_of
from tequio.circles.registers.likeness import MOST_PAIRS, Likeness, compare_names
from tequio.circles.registers.mapping import Form
from tequio.circles.registers.mark_words import Status
from tequio.circles.registers.marks import status_name
from tequio.circles.registers.people import exact, sex_classes
from tequio.circles.registers.results import Fate, PlannedSession, Problem, Severity
from tequio.circles.registers.vocabulary import Role
from tequio.core.tabular import Sheet, cell_address, column_letters
from tequio.core.text import fold, join_names

_SHOWN_CELLS = 6


def add(
    draft: Draft, severity: Severity, code: str, place: tuple[str, str], words: tuple[str, str]
) -> None:
    """Write one problem down: place is sheet and cell, words are sentence and hint."""
    draft.problems.append(Problem(severity, code, *place, *words))


def in_order(problems: Iterable[Problem], sheets: Sequence[str]) -> tuple[Problem, ...]:
    """Return the problems with errors first, then by sheet; inside a sheet as they were found."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    places = {name: index for index, name in enumerate(sheets)}
    return tuple(
        sorted(problems, key=lambda p: (rank[p.severity], places.get(p.sheet, len(places))))
    )


def sheet_not_read(draft: Draft, sheet: Sheet) -> None:
    """Say that a sheet with content has no table we know."""
    rows = [row for row, values in enumerate(grid_of(sheet)) if filled(values)]
    if rows:
        sentence = _(
            "La hoja «%(name)s» no se lee: no se encontró una fila con títulos como «Nombre», "
            "«Clave», «Sesión 1» o fechas."
        ) % {"name": sheet.name}
        hint = _(
            "Si tiene asistencias, ponle en tu archivo una fila de títulos, como «Nombre», "
            "«Sesión 1», «Sesión 2», y súbelo otra vez."
        )
        add(draft, Severity.WARNING, "sheet_not_read", (sheet.name, f"A{rows[0] + 1}"),
            (sentence, hint))  # fmt: skip


def check_table(draft: Draft, table: Table) -> None:
    """Say which columns are left out, and which sessions nobody marked."""
    mapping, name = table.mapping, table.sheet.name
    if table.sheet.hidden:
        add(draft, Severity.WARNING, "hidden_sheet", (name, cell_address(mapping.header_row, 0)),
            (_("La hoja «%(name)s» está oculta en tu archivo y también se lee.") % {"name": name},
             _("Revisa si es una copia vieja. Si no hace falta, elige no leerla.")),
            )  # fmt: skip
    outside = mapping.columns_of(Role.OTHER)
    if outside:
        letters = join_names([column_letters(column) for column in outside])
        add(draft, Severity.NOTE, "columns_left_out",
            (name, cell_address(mapping.header_row, outside[0])),
            (_("Estas columnas no se importan: %(columns)s.") % {"columns": letters},
             _("Quedan en tu archivo. Si alguna hace falta, dile qué contiene.")))  # fmt: skip
    if mapping.form is Form.WIDE and not table.meetings:
        add(draft, Severity.WARNING, "no_sessions",
            (name, cell_address(mapping.header_row, 0)),
            (_("La hoja «%(name)s» tiene personas y ninguna sesión.") % {"name": name},
             _("Se importan las personas sin asistencias.")))  # fmt: skip


def check_readings(draft: Draft, table: Table, readings: Sequence[Reading]) -> None:
    """Say which rows have no session and which marks nobody explained."""
    name = table.sheet.name
    for reading in readings:
        if reading.lacks_session:
            first = min((column for column, _v in filled(reading.values)), default=0)
            add(draft, Severity.ERROR, "without_session", (name, cell_address(reading.row, first)),
                (_("Este renglón no dice de qué sesión es."),
                 _("Escribe la sesión o la fecha en el archivo, o indícala para toda la hoja.")),
                )  # fmt: skip
        for mark in reading.marks:
            if mark.status is None and (reading.row, mark.column) in table.sheet.unread:
                _no_result(draft, table, reading, mark.column)
            elif mark.status is None:
                _unknown_mark(draft, table, reading, (mark.column, mark.raw))


def contradiction(draft: Draft, entries: list[tuple[Entry, Status]]) -> None:
    """Say that one person has two different marks at one meeting."""
    first = entries[0][0]
    words = join_names([f"{e.cell} ({status_name(status)})" for e, status in entries])
    who = draft.people[first.person][0].identity.display
    meeting = draft.meetings[first.meeting][0].label.text
    sentence = _(
        "«%(who)s» tiene marcas distintas en la misma sesión («%(meeting)s»): %(marks)s."
    ) % {"who": who, "meeting": meeting, "marks": words}
    hint = _("No se importa ninguna de ellas. Corrige el archivo o captura la asistencia a mano.")
    add(draft, Severity.ERROR, "contradicting_marks", (first.place[0], first.cell),
        (sentence, hint))  # fmt: skip


def too_many_gaps(draft: Draft) -> None:
    """Say that blanks were left unknown because there are too many."""
    add(draft, Severity.WARNING, "too_many_gaps", ("", ""),
        (_("Hay demasiados espacios en blanco para contarlos como faltas; quedan sin registrar."),
         _("Divide el archivo en partes.")))  # fmt: skip


def check_pairs(draft: Draft, pairs: Sequence[Likeness]) -> None:
    """Say that the list of people who look alike was cut."""
    if len(pairs) == MOST_PAIRS:
        sentence = _(
            "Hay muchas personas que se parecen; se muestran los %(count)s pares más claros."
        )
        add(draft, Severity.WARNING, "too_many_pairs", ("", ""),
            (sentence % {"count": len(pairs)},
             _("Revisa si el archivo repite la misma lista varias veces.")))  # fmt: skip


def check_people(draft: Draft) -> None:
    """Say which ids contradict themselves, and which names or ids stand twice in one list."""
    seen_sexes = [one.identity.sex for seen in draft.people.values() for one in seen]
    classes = sex_classes(seen_sexes)
    for key, seen in draft.people.items():
        if key.startswith("id:"):
            _check_sexes(draft, seen, classes)
            _check_names(draft, seen)
    for one in draft.twice:
        code = "id_twice" if one.identity.id else "name_twice"
        sentence = (
            _("La clave «%(who)s» está en dos renglones de la misma lista.")
            % {"who": one.identity.id}
            if one.identity.id
            else _("El nombre «%(who)s» está en dos renglones de la misma lista.")
            % {"who": one.identity.display}
        )
        add(draft, Severity.WARNING, code, (one.place[0], one.cell),
            (sentence, _("Revisa si es una persona o son dos.")))  # fmt: skip


def check_sessions(draft: Draft, sessions: tuple[PlannedSession, ...]) -> None:
    """Say what is doubtful about the titles of the sessions."""
    dates: dict[tuple[object, ...], set[str]] = defaultdict(set)
    unplaced = not draft.wide and any(session.label.numbered for session in sessions)
    for session in sessions:
        label, place = session.label, (session.sheet, session.cell)
        if label.note:
            lost = label.on is None and not label.numbered
            add(draft, Severity.WARNING if lost else Severity.NOTE, "session_title", place,
                (_("Sesión «%(text)s»: %(note)s") % {"text": label.text, "note": label.note},
                 _("Si no es así, corrige el título en el archivo.")))  # fmt: skip
        if unplaced and not label.numbered and label.on is None:
            sentence = _("El archivo no dice cuándo fue «%(text)s» respecto a las demás sesiones.")
            add(draft, Severity.NOTE, "session_without_place", place,
                (sentence % {"text": label.text},
                 _("Revisa el orden de las sesiones antes de importar.")))  # fmt: skip
        if label.numbered and label.on:
            about = (fold(session.group), label.series_key, label.first, label.last)
            dates[about].add(label.on.isoformat())
            if len(dates[about]) == 2:
                add(draft, Severity.WARNING, "session_two_dates", place,
                    (_("La sesión «%(text)s» aparece con más de una fecha.") % {"text": label.text},
                     _("Se importan como reuniones distintas. Revisa si una fecha está mal.")),
                    )  # fmt: skip


def check_days_to_come(draft: Draft, sessions: Iterable[PlannedSession], today: date) -> None:
    """Say which sessions somebody attended on a day that has not come: mostly a wrong year."""
    for session in sessions:
        on = session.label.on
        if on is None or on <= today or not (session.came or session.came_without_identity):
            continue
        sentence = _("La sesión «%(text)s» tiene asistencias y su día todavía no llega.")
        add(draft, Severity.WARNING, "day_to_come", (session.sheet, session.cell),
            (sentence % {"text": session.label.text},
             _("Revisa el año en el archivo: así como está, se importa con esa fecha.")),
            )  # fmt: skip


def check_loose(draft: Draft) -> None:
    """Say how many rows of each sheet do not say who they are about."""
    counts = Counter(row.place[0] for row in draft.loose)
    for sheet, count in counts.items():
        first = next(row for row in draft.loose if row.place[0] == sheet)
        sentence = ngettext(
            "%(count)s renglón no tiene clave ni nombre: no se sabe de quién es.",
            "%(count)s renglones no tienen clave ni nombre: no se sabe de quién son.",
            count,
        ) % {"count": f"{count:,}"}
        hint = _("Se guardan con el archivo y se cuentan por sesión, sin asignarlos a nadie.")
        add(draft, Severity.WARNING, "without_identity", (sheet, first.cell), (sentence, hint))


def _unknown_mark(draft: Draft, table: Table, reading: Reading, mark: tuple[int, str]) -> None:
    column, raw = mark
    sentence = _("No se sabe qué significa la marca «%(mark)s».") % {"mark": raw}
    hint = _("Di qué significa y se aplicará en todo el archivo. Mientras, se guarda como está.")
    place = (table.sheet.name, cell_address(reading.row, column))
    add(draft, Severity.ERROR, "unknown_mark", place, (sentence, hint))
    if table.mapping.form is Form.LONG and reading.fate is Fate.USED:
        draft.fates[table.sheet.name, reading.row] = Fate.PROBLEM


def _no_result(draft: Draft, table: Table, reading: Reading, column: int) -> None:
    """A formula without its result says neither that he came nor that he did not."""
    sentence = _("Esta celda tiene una fórmula o un error, y el archivo no trae su resultado.")
    hint = _(
        "Queda sin registrar; no se cuenta como falta. Escribe la marca a mano, o abre y guarda el "
        "archivo en tu programa, y súbelo otra vez."
    )
    place = (table.sheet.name, cell_address(reading.row, column))
    add(draft, Severity.ERROR, "no_result", place, (sentence, hint))
    if table.mapping.form is Form.LONG and reading.fate is Fate.USED:
        draft.fates[table.sheet.name, reading.row] = Fate.PROBLEM


def _check_sexes(draft: Draft, seen: list[Seen], classes: dict[str, str]) -> None:
    written = [one for one in seen if one.identity.sex]
    kinds = [classes.get(fold(one.identity.sex), "") for one in written]
    if len(set(kinds)) < 2:
        return
    counts = Counter(one.identity.sex for one in written)
    shown = join_names([f"{sex} ({count})" for sex, count in counts.most_common()])
    other = next(one for one, kind in zip(written, kinds, strict=True) if kind != kinds[0])
    sentence = _("La clave %(id)s aparece con sexos distintos: %(shown)s.") % {
        "id": seen[0].identity.id,
        "shown": shown,
    }
    hint = _("Puede ser un error de captura o una clave que usaron dos personas.")
    add(draft, Severity.WARNING, "id_two_sexes", (other.place[0], other.sex_cell), (sentence, hint))


def _check_names(draft: Draft, seen: list[Seen]) -> None:
    first = next((one for one in seen if one.identity.full_name), None)
    if first is None:
        return
    for one in seen:
        name = one.identity.full_name
        if not name or exact(name) == exact(first.identity.full_name):
            continue
        if compare_names(name, first.identity.full_name) is None:
            sentence = _("La clave %(id)s aparece con dos nombres: «%(one)s» y «%(two)s».") % {
                "id": one.identity.id,
                "one": first.identity.full_name,
                "two": name,
            }
            add(draft, Severity.WARNING, "id_two_names", (one.place[0], one.cell),
                (sentence, _("Revisa de quién es la clave antes de importar.")))  # fmt: skip
            return
