"""`./tequio import attendance FILE.xlsx`: the same import without a browser."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.access.models import User
from tequio.circles import import_queries as queries
from tequio.circles.actions import imports
from tequio.circles.importing import words
from tequio.circles.importing.choices import Choices, Layout, Target
from tequio.circles.importing.reading import Reading
from tequio.circles.models import RegisterImport
from tequio.circles.registers import Gap, unknowable
from tequio.circles.retention import report
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import fold

_FIRST_PROBLEMS = 20
OK, REFUSED, STOPPED = 0, 1, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the command takes; the room above reads them."""
    parser.add_argument("file", type=Path, metavar=_("ARCHIVO"), help=_("xlsx, xls, ods o csv"))
    for name, metavar, required, text in (
        ("organisation", _("NOMBRE"), True, _("el nombre corto: circulo-norte")),
        ("by", _("QUIÉN"), True, _("quién importa: maru o maru@circulo-norte")),
        ("group", _("GRUPO"), False, _("un grupo que existe o el nombre de uno")),
        ("site", _("SEDE"), False, _("la sede de un grupo nuevo")),
    ):
        parser.add_argument(f"--{name}", metavar=metavar, required=required, default="", help=text)
    parser.add_argument(
        "--gap",
        choices=["absent", "unknown"],
        help=_("qué es una celda vacía: absent, que no vino; unknown, que no se sabe"),
    )
    parser.add_argument("--yes", action="store_true", help=_("no preguntar"))


def import_attendance(asked: argparse.Namespace) -> int:
    """Import a register: 0 done, 1 refused, 3 stopped by the person."""
    with translation.override("es-mx"):
        try:
            return _import(asked)
        except DomainError as error:
            _say(str(error))
            return REFUSED


def _import(asked: argparse.Namespace) -> int:
    by = _who(asked.organisation, asked.by)
    try:
        data = asked.file.read_bytes()
    except OSError as error:
        raise DomainError(
            _("No se pudo abrir «%(file)s».") % {"file": asked.file},
            hint=_("Revisa el nombre y la carpeta."),
        ) from error
    register = imports.receive(by=by, name=asked.file.name, data=data)
    try:
        preview = queries.preview(by, register)
        choices = _choices(preview, asked)
        imports.choose(by=by, import_id=register.pk, choices=choices)
        register.refresh_from_db()
        preview = queries.preview(by, register)
        _show(preview)
        if not (asked.yes or _agreed()):
            _say(_("No se importó nada."))
            imports.discard(by=by, import_id=register.pk)
            return STOPPED
    except DomainError:
        imports.discard(by=by, import_id=register.pk)
        raise
    return _run(by, register.pk)


def _who(slug: str, login: str) -> User:
    wanted = login if "@" in login else f"{login}@{slug}"
    users = User.objects.select_related("organisation").filter(is_active=True)
    found = users.filter(organisation__slug=slug, login=wanted).first()
    if found is None:
        raise DomainError(
            _("No hay nadie que entre como «%(login)s» en «%(slug)s».")
            % {"login": wanted, "slug": slug},
            hint=_("Revisa --organisation y --by."),
        )
    return found


def _choices(preview: queries.Preview, asked: argparse.Namespace) -> Choices:
    """Return what was decided by the words of the command; what they leave open is refused."""
    choices = preview.reading.choices
    if asked.gap:
        choices = replace(choices, mapping=replace(choices.mapping, gap=Gap(asked.gap)))
    open_tables = [
        table.sheet
        for table, layout in zip(choices.mapping.sheets, choices.layouts, strict=True)
        if layout is Layout.ASK
    ]
    if open_tables:
        raise DomainError(
            _("No se sabe de qué sesión es la hoja «%(sheet)s».") % {"sheet": open_tables[0]},
            hint=_("Súbela en la página Importar, que lo pregunta."),
        )
    targets = tuple(
        _target(preview, part.source, part.name, asked.group) for part in preview.reading.parts
    )
    if all(target.group_id for target in targets):
        return replace(choices, targets=targets)
    site, edition = _site(preview, asked.site), _edition(preview)
    return replace(choices, targets=targets, site_id=site, edition_id=edition)


def _target(preview: queries.Preview, source: str, name: str, asked: str) -> Target:
    wanted = asked or name
    if not wanted:
        raise DomainError(
            _("El archivo no dice de qué grupo es."),
            hint=_("Agrega --group con el nombre del grupo."),
        )
    for group in preview.groups:
        if fold(group.name) == fold(wanted):
            return Target(source, group_id=str(group.pk))
    return Target(source, new_name=wanted)


def _site(preview: queries.Preview, asked: str) -> str:
    for site in preview.sites:
        if fold(site.name) == fold(asked) or (not asked and len(preview.sites) == 1):
            return str(site.pk)
    raise DomainError(
        _("Un grupo nuevo necesita una sede de la lista: %(sites)s.")
        % {"sites": ", ".join(site.name for site in preview.sites) or _("todavía no hay ninguna")},
        hint=_("Agrega --site con su nombre, o crea la sede en Programas."),
    )


def _edition(preview: queries.Preview) -> str:
    """Return the edition for a register kept before: the model without claims, or the only one."""
    plain = [e for e in preview.editions if e.model_slug == "registro-previo"]
    for edition in plain or (preview.editions if len(preview.editions) == 1 else ()):
        return str(edition.pk)
    raise DomainError(
        _("Un grupo nuevo necesita un programa firmado."),
        hint=_("En Programas, adopta y firma «Registro anterior, sin modelo declarado»."),
    )


def _show(preview: queries.Preview) -> None:
    reading, plan = preview.reading, preview.reading.plan
    _say(_("Qué se entendió de «%(name)s»") % {"name": reading.name}, heading=True)
    for detection in reading.examination.detections:
        for sentence in (detection.sentence, *(r for g in detection.guesses for r in g.reasons)):
            if sentence:
                _say(f"  {detection.sheet}: {sentence}")
    for choice in reading.examination.reading.choices:
        _say(f"  {choice.sentence}")
    _say(f"  {reading.examination.gap_sentence}")
    _show_people(preview)
    for part in reading.parts:
        _say(part.name or _("Sesiones"), heading=True)
        table = words.meetings_table(part)
        _say("  " + " · ".join(str(column.label) for column in table.columns))
        for row in table.rows:
            _say("  " + " · ".join(str(cell) for cell in row.cells))
    _say(_("En qué acaba cada renglón"), heading=True)
    for row in words.account_table(plan).rows:
        _say(f"  {row.cells[1]!s:>8}  {row.cells[0]}")
    _show_doubts(reading)


def _show_people(preview: queries.Preview) -> None:
    people, known = len(preview.reading.plan.people), len(preview.by_number)
    line = ngettext("  Se reconoce a %(n)s persona", "  Se reconoce a %(n)s personas", people)
    _say(line % {"n": f"{people:,}"} + _("; ya estaban por su clave: %(n)s.") % {"n": known})
    if preview.namesakes:
        count = len(preview.namesakes)
        line = ngettext(
            "  %(n)s se llama como alguien ya registrado: se le abre un expediente nuevo.",
            "  %(n)s se llaman como alguien ya registrado: se les abre un expediente nuevo.",
            count,
        )
        _say(line % {"n": count})


def _show_doubts(reading: Reading) -> None:
    doubts = unknowable(reading.plan)
    if doubts:
        _say(_("Lo que este archivo no permite saber"), heading=True)
        for sentence in doubts:
            _say(f"  {sentence}")
    problems = words.in_severity_order(reading.plan.problems)
    if problems:
        title = _("Lo que hay que mirar: %(n)s") % {"n": f"{len(problems):,}"}
        _say(title, heading=True)
        for problem in problems[:_FIRST_PROBLEMS]:
            _say(f"  {problem.sheet}!{problem.cell}: {problem.sentence} {problem.hint}".rstrip())
        if len(problems) > _FIRST_PROBLEMS:
            _say(_("  … y %(n)s más.") % {"n": f"{len(problems) - _FIRST_PROBLEMS:,}"})


def _agreed() -> bool:
    _say(_("¿Importar? [s/N] "), end="")
    answer = sys.stdin.readline()
    return fold(answer) in {"s", "si", "y", "yes"}


def _run(by: User, import_id: UUID) -> int:
    """Carry the import out here: nobody may be at the queue."""
    register = imports.start(by=by, import_id=import_id, queued=False)
    try:
        imports.apply(by=by, import_id=register.pk, job_id=None, say=_Progress().say)
    except KeyboardInterrupt:
        imports.undo(by=by, import_id=register.pk)
        _say(_("\nSe detuvo y se quitó lo que ya se había escrito."))
        return STOPPED
    done = queries.one(by, import_id)
    if done.state != RegisterImport.State.DONE:
        raise DomainError(_("La importación se deshizo mientras corría."))
    _show_done(by, done)
    return OK


@dataclass(slots=True)
class _Progress:
    """Says how far the import is, a line per tenth."""

    shown: int = -1

    def say(self, done: int, total: int) -> None:
        """Show a line where a tenth more is done."""
        tenth = 10 * done // total if total else 10
        if tenth > self.shown:
            self.shown = tenth
            _say(_("  %(done)s de %(total)s") % {"done": f"{done:,}", "total": f"{total:,}"})


def _show_done(by: User, register: RegisterImport) -> None:
    said = register.summary
    _say(_("Importado"), heading=True)
    _say(
        _(
            "  Personas nuevas: %(men)s; sesiones nuevas: %(sessions)s; marcas de asistencia o de "
            "falta: %(marks)s."
        )
        % {name: f"{said.get(name, 0):,}" for name in ("men", "sessions", "marks")}
    )
    today = clock.today(by.organisation.timezone)
    for group in queries.groups_of(by, register):
        found = report.of_groups([group], today=today)
        _say(_("Permanencia · %(group)s") % {"group": group.name}, heading=True)
        if found.refusal:
            _say(f"  {found.refusal}")
        for figure in found.figures:
            value = figure.value or figure.unknown or _("No se sabe")
            _say(f"  {figure.name}: {value} {figure.of}".rstrip())
            if figure.missing:
                _say(f"    {figure.missing}")
        for sentence in found.cannot_know:
            _say(f"  · {sentence}")


def _say(text: str, *, end: str = "\n", heading: bool = False) -> None:
    sys.stdout.write(f"\n── {text}{end}" if heading else f"{text}{end}")
    sys.stdout.flush()
