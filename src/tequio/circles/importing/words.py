"""What a preview says, in words and tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.circles.importing.choices import Layout
from tequio.circles.importing.parts import Meeting, Part
from tequio.circles.registers import Gap, Problem, RegisterPlan, Role, Severity, Status
from tequio.core.tabular import Sheet
from tequio.ui.parts import Column, Row, Table
from tequio.ui.templatetags.ui import day

ROLES: dict[Role, str | Promise] = {
    Role.MEETING: gettext_lazy("Las marcas de una sesión"),
    Role.ID: gettext_lazy("La clave de la persona"),
    Role.NAME: gettext_lazy("El nombre completo"),
    Role.GIVEN: gettext_lazy("Los nombres de pila"),
    Role.SURNAME: gettext_lazy("El primer apellido, o los dos"),
    Role.SECOND_SURNAME: gettext_lazy("El segundo apellido"),
    Role.ALIAS: gettext_lazy("Cómo le dicen en el grupo"),
    Role.PHONE: gettext_lazy("El teléfono"),
    Role.SESSION: gettext_lazy("De qué sesión es el renglón"),
    Role.DATE: gettext_lazy("La fecha de la sesión"),
    Role.MARK: gettext_lazy("La marca de asistencia"),
    Role.GROUP: gettext_lazy("El grupo"),
    Role.SITE: gettext_lazy("La sede (solo para comparar)"),
    Role.SEX: gettext_lazy("El sexo (solo para comparar)"),
    Role.ROW_NUMBER: gettext_lazy("El número de renglón"),
    Role.OTHER: gettext_lazy("No se usa"),
}
LAYOUTS: dict[Layout, str | Promise] = {
    Layout.ASK: gettext_lazy("Elige una respuesta"),
    Layout.WIDE: gettext_lazy("Un renglón por persona y una columna por sesión"),
    Layout.LONG: gettext_lazy("Un renglón por asistencia; el renglón dice de qué sesión"),
    Layout.ONE: gettext_lazy("La lista de una sola sesión"),
    Layout.PEOPLE: gettext_lazy("Una lista de personas, sin asistencias"),
    Layout.SKIP: gettext_lazy("No leer esta hoja"),
}
STATUSES: dict[Status, str | Promise] = {
    Status.PRESENT: gettext_lazy("Asistió"),
    Status.LATE: gettext_lazy("Llegó tarde"),
    Status.ABSENT: gettext_lazy("Faltó"),
    Status.EXCUSED: gettext_lazy("Avisó o justificó"),
    Status.IGNORED: gettext_lazy("No cuenta, como si estuviera vacío"),
}
GAPS: dict[Gap, str | Promise] = {
    Gap.ABSENT: gettext_lazy("No vino"),
    Gap.UNKNOWN: gettext_lazy("No se sabe"),
}
SEVERITIES: dict[Severity, str | Promise] = {
    Severity.ERROR: gettext_lazy("No se importa"),
    Severity.WARNING: gettext_lazy("Se importa; conviene revisarlo"),
    Severity.NOTE: gettext_lazy("Para saber"),
}


def account_table(plan: RegisterPlan) -> Table:
    """Return where every row of the file ends; the last line is their sum."""
    account = plan.account
    lines = [
        (_("Se usan"), account.used),
        (_("No dicen de quién son: se cuentan por sesión"), account.unattributed),
        (_("Tienen un problema y no se usan"), account.problem),
        (_("Títulos de columnas"), account.header),
        (_("Otros títulos"), account.title),
        (_("Totales y resúmenes"), account.summary),
        (_("Notas"), account.note),
        (_("De hojas que no se leen"), account.skipped),
        (_("Vacíos"), account.empty),
    ]
    rows = [Row((label, f"{count:,}")) for label, count in lines if count]
    rows.append(Row((_("Todos los renglones del archivo"), f"{plan.rows_total:,}"), look=True))
    return Table(
        _("En qué acaba cada renglón"),
        (Column(_("Renglones que…")), Column(_("Cuántos"), number=True)),
        rows,
    )


def meetings_table(part: Part, there: Collection[int] | None = None) -> Table:
    """Return the meetings of a part in their order; `there` are those that its group has."""
    strangers = part.unattributed > 0
    columns = [
        Column(_("Sesión")),
        Column(_("Fecha")),
        Column(_("Cubre")),
        Column(_("Asistencias"), number=True),
    ]
    if strangers:
        columns.append(Column(_("Sin identificar"), number=True))
    rows = [Row(_meeting(meeting, strangers=strangers)) for meeting in part.meetings]
    if there is not None:
        columns.append(Column(_("En el grupo")))
        states = [_("ya está") if m.index in there else _("es nueva") for m in part.meetings]
        rows = [Row((*row.cells, word)) for row, word in zip(rows, states, strict=True)]
    caption = ngettext("%(n)s reunión", "%(n)s reuniones", len(rows)) % {"n": len(rows)}
    return Table(caption, columns, rows)


def _meeting(meeting: Meeting, *, strangers: bool) -> list[str]:
    weight = meeting.planned.weight
    covers = ngettext("%(n)s sesión", "%(n)s sesiones", weight) % {"n": weight}
    cells = [
        meeting.title,
        day(meeting.on) if meeting.on else _("sin fecha"),
        covers,
        f"{meeting.came:,}",
    ]
    return [*cells, f"{meeting.unattributed:,}"] if strangers else cells


def problems_sheet(problems: Sequence[Problem]) -> Sheet:
    """Return all problems as a sheet to work through."""
    head = (_("Gravedad"), _("Hoja"), _("Celda"), _("Qué pasa"), _("Qué hacer"))
    rows = tuple(
        (str(SEVERITIES[p.severity]), p.sheet, p.cell, p.sentence, p.hint) for p in problems
    )
    return Sheet(_("Problemas"), (head, *rows))


def by_severity(problems: Sequence[Problem]) -> list[tuple[Severity, str, int]]:
    """Return how many problems there are of each gravity, the gravest first."""
    counts = [
        (level, str(SEVERITIES[level]), sum(1 for p in problems if p.severity is level))
        for level in Severity
    ]
    return [line for line in counts if line[2]]


def in_severity_order(problems: Sequence[Problem]) -> list[Problem]:
    """Return the gravest first, each gravity in the order of the file."""
    order = list(Severity)
    return sorted(problems, key=lambda problem: order.index(problem.severity))
